#!/bin/sh
# Drives the real program under a virtual display, the way a person would, and says what it found, a line each:
#     appeared SECONDS        until the window was there
#     title TEXT              the window's title, once everything was read
#     colours NAME COUNT      how many colours the screenshot NAME.png has
#     idle PERCENT            processor time over two seconds in which nothing happens
#     exit CODE               of the program, after Ctrl+Q
# Usage: window_e2e.sh PROGRAM WORKSPACE FOLDER [WIDTHxHEIGHT]     screenshots go to FOLDER
set -u
program=$1 workspace=$2 folder=$3 size=${4:-1440x900}

mkdir -p "$folder"
exec 3>"$folder/display"
Xvfb -displayfd 3 -screen 0 "${size}x24" -nolisten tcp >"$folder/xvfb.log" 2>&1 &
xvfb=$!
pid=
trap 'kill $pid $xvfb 2>/dev/null' EXIT
for _ in $(seq 100); do [ -s "$folder/display" ] && break; sleep 0.1; done
DISPLAY=:$(cat "$folder/display")
export DISPLAY
unset WAYLAND_DISPLAY

now() { date +%s.%N; }
ticks() { awk '{ print $14 + $15 }' "/proc/$pid/stat"; }
busy() { sleep 0.3; while b=$(ticks); sleep 0.5; [ $(($(ticks) - b)) -gt 5 ]; do :; done; }
shot() {
    busy
    import -window root "$folder/$1.png"
    echo "colours $1 $(identify -format %k "$folder/$1.png")"
}

began=$(now)
"$program" "$workspace" >"$folder/program.log" 2>&1 &
pid=$!
window=
for _ in $(seq 200); do
    window=$(xdotool search --class diaban 2>/dev/null | head -n 1)
    [ -n "$window" ] && break
    kill -0 $pid 2>/dev/null || { echo "died"; cat "$folder/program.log"; exit 1; }
    sleep 0.1
done
echo "appeared $(echo "$(now) $began" | awk '{ print $1 - $2 }')"
xdotool windowmove "$window" 0 0 windowsize "$window" "${size%x*}" "${size#*x}" windowfocus "$window" 2>/dev/null

shot first
echo "title $(xdotool getwindowname "$window")"
# A commune is found by its name without tone marks and brought to the middle; then it is pointed at and clicked.
xdotool key ctrl+k; sleep 0.3; xdotool type "ba che"; sleep 0.3; xdotool key Return; sleep 0.5; xdotool key Escape
xdotool key f; sleep 0.3
xdotool mousemove $((264 + (${size%x*} - 264 - 316) / 2)) $(((42 + ${size#*x} - 64) / 2)); sleep 0.3; xdotool click 1
shot selected
xdotool key Escape key Home key t
shot table
xdotool key t key d
shot dark
xdotool key d key F5
shot presentation
xdotool key Escape
busy

before=$(ticks)
sleep 2
echo "idle $((($(ticks) - before) * 50 / $(getconf CLK_TCK)))"
xdotool key ctrl+q
for _ in $(seq 100); do kill -0 $pid 2>/dev/null || break; sleep 0.1; done
if kill -0 $pid 2>/dev/null; then echo "exit hangs"; else wait $pid; echo "exit $?"; fi
