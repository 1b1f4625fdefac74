@echo off
rem Runs Lungo from this folder's sources, as ./lungo does: the first use builds it with Maven.
setlocal EnableExtensions DisableDelayedExpansion
set "root=%~dp0"
set "dist=%root%lungo-cli\target\dist"
set "log=%root%lungo-cli\target\build.log"

set "home="
call :try "%JAVA_HOME%"
for %%J in (javac.exe) do if not "%%~$PATH:J"=="" for %%D in ("%%~dp$PATH:J..") do call :try "%%~fD"
for /d %%D in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\jdk*" "%ProgramFiles%\Zulu\*" "%ProgramFiles%\Amazon Corretto\*" "%USERPROFILE%\.jdks\*") do call :try "%%~D"
if not defined home goto no_java

call :stale
if errorlevel 1 goto start
call :build
if errorlevel 1 exit /b %ERRORLEVEL%

:start
set "unsafe="
set "drivers=%LUNGO_DRIVERS%"
if not defined drivers set "drivers=%root%drivers"
if %version% geq 24 set "unsafe=--sun-misc-unsafe-memory-access=allow"
"%home%\bin\java.exe" %unsafe% --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Xlog:disable -Xlog:all=error:stderr %LUNGO_JAVA_OPTS% -cp "%dist%\lib\*;%drivers%\*" org.lungo.cli.Lungo %*
exit /b %ERRORLEVEL%

:no_java
echo lungo needs a JDK 17 or newer. Looked at JAVA_HOME, PATH, Program Files and .jdks in your home folder. 1>&2
echo Install one (for example Temurin) or set JAVA_HOME. 1>&2
exit /b 2

:try
rem Sets home to folder %1 when it holds a JDK 17 or newer and none was found before.
if defined home exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
set "version="
for /f "tokens=2 delims==." %%N in ('findstr /b "JAVA_VERSION=" "%~1\release"') do set version=%%N
if not defined version exit /b 0
set version=%version:"=%
if %version% geq 17 set "home=%~1"
exit /b 0

:stale
rem 0 when there is no build, or a source is newer than it.
if not exist "%dist%\built" exit /b 0
pushd "%root%"
powershell -NoProfile -Command "$built = (Get-Item lungo-cli\target\dist\built).LastWriteTime; $new = @(Get-Item pom.xml, lungo-core\pom.xml, lungo-server\pom.xml, lungo-cli\pom.xml) + @(Get-ChildItem lungo-core\src\main, lungo-server\src\main, lungo-cli\src\main -Recurse -File) | Where-Object { $_.LastWriteTime -gt $built }; if ($new) { exit 0 } exit 1"
set "stale=%ERRORLEVEL%"
popd
exit /b %stale%

:build
where mvn >nul 2>&1
if errorlevel 1 goto no_maven
echo Building Lungo (first use, or its sources changed; the first build downloads about 300 MB) ... 1>&2
if not exist "%root%lungo-cli\target" mkdir "%root%lungo-cli\target"
set "JAVA_HOME=%home%"
pushd "%root%"
if exist "%dist%" rmdir /s /q "%dist%"
del /q lungo-cli\target\lungo-cli-*.jar >nul 2>&1
call mvn -q -B -ntp -Dmaven.test.skip=true -pl lungo-cli -am package >"%log%" 2>&1
if errorlevel 1 goto failed
copy /y lungo-cli\target\lungo-cli-*.jar "%dist%\lib\" >nul
type nul >"%dist%\built"
popd
exit /b 0

:no_maven
echo lungo needs Maven for its first use. Install it and run this again. 1>&2
exit /b 2

:failed
popd
echo The build failed; what Maven said is in "%log%" 1>&2
exit /b 1
