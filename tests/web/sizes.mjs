// SPDX-License-Identifier: Apache-2.0
// What a person downloads: gzip bytes of the first page (sign-in) and of each page after it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const dist = fileURLToPath(new URL('../../web/dist/', import.meta.url))
const assets = join(dist, 'assets')
const size = new Map(readdirSync(assets).map((name) => [name, gzipSync(readFileSync(join(assets, name)), { level: 9 }).length]))
const imports_of = (name) => (name.endsWith('.js') ? [...readFileSync(join(assets, name), 'utf8').matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)].map((m) => m[1]) : [])
function closure(names, seen = new Set()) {
  for (const name of names) {
    if (seen.has(name) || !size.has(name)) continue
    seen.add(name)
    closure(imports_of(name), seen)
  }
  return seen
}
const styles_of = (names) => [...names].map((name) => name.replace(/-[\w-]{8}\.js$/, '')).flatMap((stem) => [...size.keys()].filter((name) => name.endsWith('.css') && name.startsWith(`${stem}-`)))
const total = (names) => [...new Set(names)].reduce((sum, name) => sum + size.get(name), 0)
const html = readFileSync(join(dist, 'index.html'), 'utf8')
const first = closure([...html.matchAll(/assets\/([\w.-]+\.js)/g)].map((m) => m[1]))
const head = [...first, ...[...html.matchAll(/assets\/([\w.-]+\.css)/g)].map((m) => m[1])]
const language = [...size.keys()].filter((name) => /^zh-/.test(name))
const rows = [['frame and language', total([...head, ...language])]]
for (const name of [...size.keys()].filter((n) => /Page-.*\.js$/.test(n)).sort()) {
  const page = [...closure([name])].filter((n) => !first.has(n))
  rows.push([name.replace(/-[\w-]{8}\.js$/, ''), total([...page, ...styles_of(page)])])
}
const modal = [...size.keys()].filter((n) => /^ModalBox-.*\.js$/.test(n))
rows.push(['ModalBox (when first asked)', total(modal)])
const largest = 110 * 1024
for (const [name, bytes] of rows) console.log(`${(bytes / 1024).toFixed(1).padStart(7)} KB  ${name}`)
if (rows[0][1] > largest) {
  console.error(`the frame is over ${largest / 1024} KB`)
  process.exit(1)
}
