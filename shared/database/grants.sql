-- What the user of the subgraphs may do on a new server: everything in databases of the prefix
-- `tongdui_`, of which each subgraph makes its own, and nothing elsewhere. Not escaped, `_` in a name
-- would stand for any character.
GRANT ALL PRIVILEGES ON `tongdui\_%`.* TO 'tongdui'@'%';
