#!/bin/sh
# Chromium printing the same child's leaf as HTML, beside bench_report_pages: pages a second and bytes a page.
#   bench/report_chromium.sh [CHILDREN] [CHROMIUM]
# The HTML draws what the report draws (slice, ladders, layers, words) as inline SVG and text.
set -eu
children=${1:-200}
chromium=${2:-chromium}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
here=$(dirname "$0")
node "$here/report_chromium.mjs" "$children" >"$folder/book.html"
start=$(date +%s.%N)
"$chromium" --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
    --user-data-dir="$folder/profile" --no-pdf-header-footer --print-to-pdf="$folder/book.pdf" \
    "file://$folder/book.html" >/dev/null 2>&1
end=$(date +%s.%N)
bytes=$(wc -c <"$folder/book.pdf")
pages=$((children * 2))
awk -v p="$pages" -v b="$bytes" -v s="$start" -v e="$end" 'BEGIN {
    printf "Chromium: %d children %d pages %.3f s %.1f pages/s %.0f bytes/page\n", p / 2, p, e - s, p / (e - s), b / p }'
