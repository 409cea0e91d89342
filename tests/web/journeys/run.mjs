// SPDX-License-Identifier: Apache-2.0
// Runs the journeys one after another; words on the command line choose some by name.
import { journeys } from './journeys.mjs'
import { keep_picture, open_browser, open_server } from './harness.mjs'

const wanted = process.argv.slice(2)
const server = open_server()
const browser = await open_browser()
let failed = 0
let done = 0
for (const [name, walk] of Object.entries(journeys)) {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue
  const run = { url: server.url, logins: server.logins, browser, pages: [] }
  const start = Date.now()
  try {
    await walk(run)
    const faults = run.pages.flatMap(({ faults: found }) => found)
    if (faults.length > 0) throw new Error(faults.join('\n    '))
    console.log(`ok    ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`)
    done += 1
  } catch (error) {
    failed += 1
    const last = run.pages.at(-1)
    const picture = last ? await keep_picture(last.page, name) : ''
    console.log(`FAIL  ${name}\n    ${error.message.split('\n').slice(0, 12).join('\n    ')}\n    at ${last?.page.url() ?? ''}; picture ${picture}`)
    for (const { faults } of run.pages) if (faults.length > 0) console.log(`    ${faults.join('\n    ')}`)
  }
  for (const { page } of run.pages) await page.context().close().catch(() => undefined)
}
await browser.close()
console.log(`${done} journeys done, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
