"""What a scraped page is made of: blocks, furniture, and the sections around an article."""
