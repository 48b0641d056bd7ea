"""What we do with the young person: meetings, activities, attendance."""
