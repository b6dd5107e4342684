"""Coverage, problems, differences and figures for people and machines.

Nothing here reads or writes files, and nothing prints except through the console it is given.
Each report is a module: a command waits for no other's.
"""
