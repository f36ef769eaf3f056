@echo off
rem Starts Texel on this computer only. README.txt beside it says more.
powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0start.ps1"
if errorlevel 1 pause
