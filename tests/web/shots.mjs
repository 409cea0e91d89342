// SPDX-License-Identifier: Apache-2.0
// Pictures of the pages for looking at: AGATE_WEB_URL, AGATE_WEB_LOGINS as for the journeys, AGATE_SHOTS
// the folder. Optional words on the command line choose pages, e.g. `portrait import`.
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const require = createRequire(fileURLToPath(new URL('../../web/package.json', import.meta.url)))
const { chromium } = require('playwright-core')
const url = process.env.AGATE_WEB_URL ?? 'http://127.0.0.1:8123'
const out = process.env.AGATE_SHOTS ?? join(tmpdir(), 'agate-shots')
const logins = JSON.parse(process.env.AGATE_WEB_LOGINS ?? '{}')
const wanted = process.argv.slice(2)
mkdirSync(out, { recursive: true })

const sizes = { desk: [1440, 900, 1], office: [1366, 768, 1], phone: [390, 844, 2] }
const looks = (process.env.AGATE_LOOKS ?? 'desk-zh-light,phone-zh-light').split(',').map((look) => look.split('-'))
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })

async function sign_in(page, role) {
  const { login = role, password = 'agate-demo-1', code = '123456' } = logins[role] ?? {}
  await page.goto(`${url}/sign-in`)
  await page.fill('input[name=login]', login)
  await page.fill('input[name=password]', password)
  await page.click('button[type=submit]')
  await page.waitForFunction(() => !location.pathname.startsWith('/sign-in') || document.querySelector('input[name=code]'))
  if (await page.$('input[name=code]')) {
    await page.fill('input[name=code]', code)
    await page.click('button[type=submit]')
    await page.waitForFunction(() => !location.pathname.startsWith('/sign-in'))
  }
}
const child = '018f3a5c-0000-7000-8000-000000001040'
const csv = ['学号,姓名,班级,事由,日期,分值', '41,苏禾,四年级2班,收拾得干净,2026-11-20,2', '42,唐果,四年级2班,主动帮同学,2026/11/20,2', '43,田野,四年级2班,提了好问题,昨天,1', ...Array.from({ length: 9 }, (_, i) => `${i + 1},安晓棠,四年级2班,坚持锻炼,2026-11-1${i},1`)].join('\n')
const upload = (kind, name, body) => async (page) => {
  await page.goto(`${url}/import`)
  await page.waitForSelector('input[type=file]')
  await page.check(`input[name=kind][value=${kind}]`, { force: true })
  await page.setInputFiles('input[type=file]', { name, mimeType: 'text/csv', buffer: Buffer.from(body) })
  await page.waitForSelector('.import-grid tbody tr')
}
const pages = {
  signin: [null, '/sign-in'],
  classes: ['academic_office', '/classes'],
  class: ['class_teacher', '/classes/442'],
  table: ['class_teacher', '/classes/442', async (page) => { const b = page.locator('.segmented button').nth(3); if (await b.isVisible().catch(() => false)) await b.click() }],
  portrait: ['guardian', `/students/${child}`],
  staffportrait: ['class_teacher', `/students/${child}?why=A5`],
  why: ['guardian', `/students/${child}?why=A5`],
  leaf: ['guardian', `/students/${child}?why=C25`],
  records: ['guardian', `/students/${child}/records`],
  board: ['class_teacher', '/classes/442/board', async (page) => { for (const n of [9, 19, 41]) await page.locator('.board-name').nth(n).click(); }],
  boarddone: ['class_teacher', '/classes/442/board', async (page) => { await page.locator('.board-name').nth(44).click(); await page.locator('.board-reason').nth(1).click(); await page.waitForSelector('.toast') }],
  importchoose: ['academic_office', '/import'],
  importcheck: ['pe_teacher', '/import', upload('fitness', '四至六年级体测.xlsx', 'PK')],
  importmend: ['pe_teacher', '/import', async (page) => { await upload('fitness', '四至六年级体测.xlsx', 'PK')(page); await page.waitForSelector('.grid-fault'); await page.locator('.grid-fault').nth(1).click() }],
  importcolumns: ['academic_office', '/import', async (page) => { await upload('evidence', '记录.csv', csv)(page); await page.locator('.check-bar button').first().click(); await page.waitForSelector('select') }],
  importcsv: ['academic_office', '/import', upload('evidence', '记录.csv', csv)],
  periods: ['academic_office', '/periods'],
  perioddialog: ['academic_office', '/periods', async (page) => { await page.locator('.period-next .primary').click(); await page.waitForSelector('.modal-box') }],
  account: ['class_teacher', '/account'],
  menu: ['class_teacher', '/classes', async (page) => { await page.click('.who-button') }],
  forbidden: ['guardian', '/classes/442'],
  lost: ['guardian', '/nowhere'],
}

for (const [size, language, theme] of looks) {
  const [width, height, scale] = sizes[size]
  let page = null
  let who = ''
  let context = null
  for (const [name, [role, path, act]] of Object.entries(pages)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    if (!page || who !== role) {
      await context?.close()
      context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale, colorScheme: theme, locale: language === 'en' ? 'en-GB' : 'zh-CN', hasTouch: size === 'phone', isMobile: size === 'phone' })
      page = await context.newPage()
      page.setDefaultTimeout(8000)
      page.on('pageerror', (error) => console.log('PAGE ERROR', name, error.message))
      page.on('console', (message) => { if (['error', 'warning'].includes(message.type()) && !/401|404/.test(message.text())) console.log('CONSOLE', name, message.text()) })
      if (role) await sign_in(page, role)
      who = role
    }
    await page.goto(url + path)
    await page.waitForSelector('h1', { timeout: 5000 }).catch(() => undefined)
    await page.waitForTimeout(250)
    if (act) await act(page).catch((error) => console.log('ACT', name, error.message.split('\n')[0]))
    await page.waitForTimeout(350)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (wide > 0) console.log('SCROLLS SIDEWAYS', name, size, language, wide)
    await page.screenshot({ path: `${out}/${name}-${size}-${language}-${theme}.png`, fullPage: process.env.AGATE_FULL === '1' })
  }
  await context?.close()
}
await browser.close()
