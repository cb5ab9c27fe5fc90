"""What registers have in common: a post owns each entry, a unit holds it, and a day can be looked back at."""
