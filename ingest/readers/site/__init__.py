"""Pages of site generators (Jekyll, Hugo, Quarto): what their front matter states, shown as the site shows it."""
