"""What people write on paper or in a spreadsheet, read strictly: tally sheets and lists of people."""
