// SPDX-License-Identifier: Apache-2.0
// Pictures of the pages, for looking at: run like the journeys, AGATE_SHOTS is the folder. Words on the
// command line choose pages; AGATE_LOOKS=size-language-theme,… chooses looks; AGATE_FULL=1 takes whole pages.
import { keep_picture, new_page, open_browser, open_server, read_api, sign_in } from './journeys/harness.mjs'

const run = { ...open_server(), browser: await open_browser(), pages: [] }
const wanted = process.argv.slice(2)
const looks = (process.env.AGATE_LOOKS ?? 'desktop-zh-light,phone-zh-light').split(',').map((look) => look.split('-'))

const class_of = async (page) => (await read_api(page, '/classes')).classes.find((row) => row.student_count > 0).class_id
const child_of = async (page) => (await read_api(page, `/classes/${await class_of(page)}`)).students[0].student_id
const in_class = (more) => async (page) => `/classes/${await class_of(page)}${more}`
const of_child = (more) => async (page) => `/students/${await child_of(page)}${more}`
const why = (n) => async (page) => {
  await page.waitForSelector('.ladder-row')
  await page.locator('.ladder-row').nth(n).click()
  await page.waitForSelector('.side-panel .why-sentence')
}
const table = async (page) => {
  const views = page.locator('.class-tools .segmented').nth(1).locator('button')
  if (await views.count()) await views.nth(1).click()
}
const csv = '\ufeff学号,姓名,事由,日期,分值\nCX0001,,greeted,今天,1\nCX9999,没有的人,greeted,2026-13-40,1\nCX0002,,没有这样的事由,2026/11/20,2\nCX0003,,helped_classmate,2026/11/20,99\n'
const upload = async (page) => {
  await page.waitForSelector('input[type=file]')
  await page.check('input[name=kind][value=evidence]', { force: true })
  await page.setInputFiles('input[type=file]', { name: '记录.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await page.waitForSelector('.import-grid tbody tr, .modal-box')
}
const pages = {
  'sign-in': [null, '/sign-in'],
  portrait: ['guardian', '/'],
  why: ['guardian', '/', why(0)],
  'why-last': ['student', '/', why(4)],
  records: ['guardian', '/', async (page) => { await page.locator('.ladder-row').first().waitFor(); await page.goto(`${page.url().split('?')[0]}/records`); await page.waitForSelector('.records-page') }],
  account: ['guardian', '/account'],
  classes: ['class_teacher', '/classes'],
  class: ['class_teacher', in_class('')],
  'class-table': ['class_teacher', in_class(''), table],
  board: ['class_teacher', in_class('/board'), async (page) => { await page.waitForSelector('.board-name'); for (const n of [1, 4, 9]) await page.locator('.board-name').nth(n).click() }],
  'staff-portrait': ['class_teacher', of_child('')],
  forbidden: ['guardian', '/classes/1'],
  import: ['academic_office', '/import'],
  'import-check': ['academic_office', '/import', upload],
  periods: ['academic_office', '/periods'],
  'classes-office': ['academic_office', '/classes'],
  'periods-principal': ['principal', '/periods'],
}

let failed = 0
for (const [size, language, theme] of looks) {
  const open = new Map()
  for (const [name, [role, path, act]] of Object.entries(pages)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    try {
      if (!open.has(role)) {
        open.set(role, await new_page(run, { size, language, theme }))
        if (role) await sign_in(run, open.get(role), role)
      }
      const page = open.get(role)
      await page.goto(run.url + (typeof path === 'string' ? path : await path(page)))
      await page.waitForSelector('h1')
      if (act) await act(page)
      await page.waitForTimeout(400)
      console.log(await keep_picture(page, `${name}-${size}-${language}-${theme}`, process.env.AGATE_FULL === '1'))
    } catch (error) {
      failed += 1
      console.log(`FAIL ${name}: ${error.message.split('\n')[0]}`)
    }
  }
  for (const page of open.values()) await page.context().close()
}
await run.browser.close()
process.exit(failed > 0 ? 1 : 0)
