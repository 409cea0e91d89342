// SPDX-License-Identifier: Apache-2.0
// What every journey needs: a browser, a signed-in page, axe, and words for what went wrong.
import { createHmac } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const web = fileURLToPath(new URL('../../../web/', import.meta.url))
const require = createRequire(join(web, 'package.json'))
const { chromium } = require('playwright-core')
const axe_source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

export const sizes = {
  desktop: { viewport: { width: 1440, height: 900 } },
  office: { viewport: { width: 1366, height: 768 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
}
export const roles = ['student', 'guardian', 'class_teacher', 'pe_teacher', 'academic_office', 'principal']

/** The running program and one account a role: AGATE_WEB_URL and AGATE_WEB_LOGINS. */
export function open_server() {
  if (!process.env.AGATE_WEB_URL) throw new Error('AGATE_WEB_URL and AGATE_WEB_LOGINS say which program to walk (./dev journeys sets them)')
  return { url: process.env.AGATE_WEB_URL.replace(/\/$/, ''), logins: JSON.parse(process.env.AGATE_WEB_LOGINS ?? '{}') }
}

export async function open_browser() {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
}

/** The six digits of RFC 6238 for a base32 secret. */
export function totp(secret, now = Date.now()) {
  const bits = [...secret.replace(/[\s=]/g, '').toUpperCase()].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30000)))
  const hash = createHmac('sha1', key).update(counter).digest()
  const at = hash[19] & 15
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0')
}
const step_of = (now) => Math.floor(now / 30000)
/** A code that was not used yet: the program takes each once, and the next one a step early. */
export async function code_of(login) {
  const step = Math.max(step_of(Date.now()), (login.used_step ?? 0) + 1)
  while (step > step_of(Date.now()) + 1) await new Promise((resolve) => setTimeout(resolve, 500))
  login.used_step = step
  return totp(login.totp_secret, step * 30000)
}

export function expect(holds, words) {
  if (!holds) throw new Error(words)
}

/** A fresh page with its own cookies; every error of the page itself fails the journey. */
export async function new_page(context_of, { size = 'desktop', language = 'zh', theme = 'light', ...more } = {}) {
  const context = await context_of.browser.newContext({ ...sizes[size], colorScheme: theme, reducedMotion: 'reduce', locale: language === 'en' ? 'en-GB' : 'zh-CN', ...more })
  const page = await context.newPage()
  page.setDefaultTimeout(Number(process.env.AGATE_WEB_TIMEOUT ?? 20000))
  const faults = []
  page.on('pageerror', (error) => faults.push(`error on the page: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d|ERR_INTERNET_DISCONNECTED|Failed to load resource/.test(message.text())) faults.push(`console: ${message.text()}`)
  })
  context_of.pages.push({ page, faults })
  await page.addInitScript((chosen) => {
    if (!localStorage.getItem('agate.language')) localStorage.setItem('agate.language', chosen)
  }, language)
  return page
}

export async function sign_in(run, page, role) {
  const login = run.logins[role]
  if (!login) throw new Error(`no login given for ${role}`)
  await page.goto(`${run.url}/sign-in`)
  await page.fill('input[name=login]', login.login)
  await page.fill('input[name=password]', login.password)
  await page.click('button[type=submit]')
  const arrived = () => page.waitForFunction(() => (!location.pathname.startsWith('/sign-in') && document.querySelector('h1')) || document.querySelector('input[name=code]') || document.querySelector('[role=alert]'))
  await arrived()
  if (await page.$('input[name=code]')) {
    await page.fill('input[name=code]', await code_of(login))
    await page.click('button[type=submit]')
    await page.waitForFunction(() => !location.pathname.startsWith('/sign-in') || document.querySelector('[role=alert]'))
  }
  if (new URL(page.url()).pathname.startsWith('/sign-in')) throw new Error(`${role} could not sign in: ${await page.textContent('[role=alert]')}`)
  await page.waitForSelector('h1')
}

/** Answers the step-up dialog when the server asks for one; else goes on as soon as `done` shows. */
export async function step_up_if_asked(run, page, role, done) {
  const dialog = page.locator('.modal-box input[type=password], .modal-box input[autocomplete=one-time-code]')
  await page.waitForSelector(`${done}, .modal-box input[type=password], .modal-box input[autocomplete=one-time-code]`)
  if (!(await dialog.count())) return
  const is_code = (await dialog.first().getAttribute('autocomplete')) === 'one-time-code'
  await dialog.first().fill(is_code ? await code_of(run.logins[role]) : run.logins[role].password)
  await page.click('.modal-box button[type=submit]')
  await page.waitForSelector(done)
}

/** Automatic accessibility check of the page as it stands; WCAG 2.2 A and AA. */
export async function check_access(page, name) {
  await page.evaluate(() => window.scrollTo(0, 0))
  await page.evaluate(axe_source)
  const found = await page.evaluate(async () => {
    const answer = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    return answer.violations.map((v) => `${v.id} (${v.impact}): ${v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')} ${n.any.concat(n.all)[0]?.message ?? ''}`).join(' | ')}`)
  })
  expect(found.length === 0, `${name}: ${found.join('\n    ')}`)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(wide <= 0, `${name} scrolls sideways by ${wide} px`)
}

/** On a phone what is touched is at least 44 x 44; links inside a sentence are let off. */
export async function check_touch(page, name) {
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, a[href], select, input:not(.visually-hidden)')]
      .filter((e) => e.offsetParent !== null && !e.closest('p, .visually-hidden') && !e.closest('[aria-hidden=true]') && !e.classList.contains('skip-link') && getComputedStyle(e).opacity !== '0')
      .map((e) => ({ box: e.getBoundingClientRect(), name: e.getAttribute('aria-label') ?? e.textContent.trim().slice(0, 20), tag: e.className || e.tagName }))
      .filter(({ box }) => box.width > 0 && (box.height < 43.5 || box.width < 31.5))
      .map(({ box, name: label, tag }) => `${tag} “${label}” ${Math.round(box.width)}x${Math.round(box.height)}`),
  )
  expect(small.length === 0, `${name}: too small to touch: ${small.slice(0, 6).join('; ')}`)
}

/** JSON of the API as this page's session sees it. */
export const read_api = (page, path) => page.evaluate(async (where) => (await fetch(`/api/v1${where}`)).json(), path)

export async function keep_picture(page, name, whole = false) {
  const folder = process.env.AGATE_SHOTS ?? join(tmpdir(), 'agate-journeys')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name.replaceAll(/[^a-z0-9]+/gi, '-')}.png`)
  await page.screenshot({ path, fullPage: whole }).catch(() => undefined)
  return path
}
