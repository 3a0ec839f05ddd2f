"""Has no module below it."""
