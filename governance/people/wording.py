"""What sign-in says when it refuses: the same whatever was wrong. Nobody learns who has an account."""

SENTENCES = {
    "email_password_mismatch": "Enter the email address and password of an account that may sign in",
    "too_many_login_attempts": "Too many attempts. Wait 5 minutes, then try again",
    "rate_limited": "Too many attempts. Wait 5 minutes, then try again",
    "incorrect_password": "Enter your current password",
    "enter_current_password": "Enter your current password",
    "invalid_password_reset": "This link has been used or has expired. Ask for a new one",
}
CODE_SENTENCES = {
    "incorrect_code": "Enter the code that your authenticator app shows now, or an unused recovery code",
    "cannot_generate_recovery_codes": "Set up an authenticator app before you ask for recovery codes",
}
