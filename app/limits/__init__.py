"""How much one visitor may ask: counted over the last minute, hour and day, across restarts, before any work is done."""
