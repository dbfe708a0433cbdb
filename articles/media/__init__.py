"""Pictures: taken in safely, cut to the sizes that pages show, and the small marks browsers ask for."""
