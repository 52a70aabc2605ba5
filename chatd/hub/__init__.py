"""Who is connected here, who hears what, and the way to the other nodes. Decides nothing about rights."""
