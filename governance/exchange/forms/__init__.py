"""What officers say when they bring a file in."""
