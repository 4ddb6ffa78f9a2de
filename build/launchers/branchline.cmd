@echo off
rem The command line of the installed program, with the Node that came with it.
"%~dp0..\node\node.exe" "%~dp0..\cli\branchline.js" %*
