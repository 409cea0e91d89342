// SPDX-License-Identifier: Apache-2.0
// The journeys. They take names, classes and reasons from the program itself, so that they hold on
// any store with one account per role; nothing here knows a person.
import { check_access, check_touch, expect, new_page, read_api, roles, sign_in, step_up_if_asked } from './harness.mjs'

const day_ago = (today, days) => new Date(Date.parse(`${today}T00:00:00Z`) - days * 86400000).toISOString().slice(0, 10)

async function open_portrait(run, role, options = {}) {
  const page = await new_page(run, options)
  await sign_in(run, page, role)
  await page.waitForSelector('.agate-slice .slice-sector')
  return page
}

async function first_class(run, page) {
  const { classes } = await read_api(page, '/classes')
  expect(classes.length > 0, 'no class to open')
  return classes.find((row) => row.student_count > 0) ?? classes[0]
}

async function wrong_password(run) {
  const page = await new_page(run)
  await page.goto(`${run.url}/sign-in`)
  await page.waitForSelector('form')
  await check_access(page, 'sign in')
  await page.fill('input[name=login]', 'nobody-of-this-school')
  await page.fill('input[name=password]', 'not-the-password')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.form-error[role=alert]')
  await check_access(page, 'sign in, refused')
  await page.goto(`${run.url}/classes`)
  await page.waitForURL(/\/sign-in\?next=/)
}

const home_of = (role) => async (run) => {
  const page = await new_page(run)
  await sign_in(run, page, role)
  await check_access(page, `first page of ${role}`)
  await page.click('.who-button')
  await page.waitForSelector('.who-panel')
  await check_access(page, `menu of ${role}`)
  await page.keyboard.press('Escape')
  expect((await page.locator('.who-panel').count()) === 0, 'Esc does not close the menu')
  expect(await page.evaluate(() => document.activeElement?.classList.contains('who-button')), 'the focus does not come back to the menu button')
  await page.goto(`${run.url}/account`)
  await page.waitForSelector('.account form')
  await check_access(page, `account of ${role}`)
  await page.goto(`${run.url}/no-such-page`)
  await page.waitForSelector('.empty-state')
  await check_access(page, 'no such page')
}

async function portrait_and_why(run) {
  const page = await open_portrait(run, 'student')
  await check_access(page, 'portrait')
  const phrases = await page.locator('.slice-sector').evaluateAll((all) => all.map((e) => e.getAttribute('aria-label')))
  expect(phrases.length >= 3 && phrases.every((p) => /\d+%/.test(p)), `a sector does not say its coverage: ${phrases}`)
  expect((await page.locator('.ladder-row').count()) === phrases.length, 'ladder and slice differ in contents')
  await page.locator('.ladder-row').first().click()
  await page.waitForSelector('.side-panel .why-sentence')
  await check_access(page, 'why')
  expect(page.url().includes('why='), 'the open panel is not in the address')
  await page.goBack()
  await page.waitForSelector('.side-panel', { state: 'detached' })
  const tables = page.locator('.card-head button[aria-pressed]')
  for (let i = 0; i < (await tables.count()); i += 1) await tables.nth(i).click()
  expect((await page.locator('.portrait table').count()) > 0, 'no chart can be read as a table')
  await check_access(page, 'portrait as tables')
}

async function down_to_a_record(run) {
  const page = await open_portrait(run, 'guardian')
  await page.locator('.slice-sector').first().click()
  await page.waitForSelector('.side-panel .why-sentence')
  if (await page.locator('.reason-open').count()) {
    await page.locator('.reason-open').first().click()
    await page.waitForFunction(() => new URL(location.href).searchParams.get('why') && document.querySelector('.side-panel .why-sentence'))
    await check_access(page, 'why, one level down')
  }
  await page.goto(page.url().split('?')[0] + '/records')
  await page.waitForSelector('.records-page')
  await check_access(page, 'records')
  const chips = page.locator('.filter-chip')
  expect((await chips.count()) > 1, 'records cannot be filtered')
  await chips.nth(1).click()
  await page.waitForFunction(() => new URL(location.href).searchParams.get('content'))
  await page.waitForSelector('.record-item, .empty-state')
}

async function not_yours(run) {
  const page = await new_page(run)
  await sign_in(run, page, 'guardian')
  await page.goto(`${run.url}/students/00000000-0000-7000-8000-000000000000`)
  await page.waitForSelector('.page-state[role=alert]')
  const unused = await page.textContent('.page-state')
  await check_access(page, 'not yours')
  await page.goto(`${run.url}/classes/1`)
  await page.waitForSelector('.page-state[role=alert]')
  expect((await page.textContent('.page-state')) === unused, 'a forbidden page differs from one that is not there')
}

async function two_languages(run) {
  const page = await open_portrait(run, 'guardian')
  expect((await page.getAttribute('html', 'lang')) === 'zh-CN', 'lang is not zh-CN')
  await page.click('.language-switch button[lang=en]')
  await page.waitForFunction(() => document.documentElement.lang === 'en')
  await page.waitForSelector('.agate-slice .slice-sector')
  await page.waitForFunction(() => !/[\u4e00-\u9fff]/.test(document.querySelector('.portrait-strengths h2')?.textContent ?? '中'))
  const frame = await page.locator('.top-nav, .ladder-card h2, .ladder-why').allTextContents()
  expect(!/[\u4e00-\u9fff]/.test(frame.join('')), `Chinese is left in the English page: ${frame.join(' ')}`)
  await check_access(page, 'portrait in English')
  await page.reload()
  await page.waitForFunction(() => document.documentElement.lang === 'en')
  await page.click('.language-switch button[lang=zh-CN]')
  await page.waitForFunction(() => document.documentElement.lang === 'zh-CN')
}

async function class_page(run) {
  const page = await new_page(run, { size: 'office' })
  await sign_in(run, page, 'class_teacher')
  const row = await first_class(run, page)
  await page.goto(`${run.url}/classes/${row.class_id}`)
  await page.waitForSelector('.class-tile')
  await check_access(page, 'class page')
  const answer = await read_api(page, `/classes/${row.class_id}`)
  expect((await page.locator('.class-tile').count()) === answer.students.length, 'not every name is on the page')
  const orders = await page.locator('.class-tools .segmented').first().locator('button').count()
  expect(orders === 2, 'there is another order than number and name')
  await page.locator('.class-tools .segmented').first().locator('button').nth(1).click()
  await page.waitForSelector('.class-page[aria-busy=false]')
  const switches = page.locator('.class-tools .segmented').nth(1).locator('button')
  await switches.nth(1).click()
  await page.waitForSelector('.class-table')
  expect((await page.locator('.class-table th button, .class-table th[aria-sort]').count()) === 0, 'the table can be sorted by result')
  await check_access(page, 'class page as a table')
  await page.locator('.class-table tbody a').first().click()
  await page.waitForSelector('.agate-slice .slice-sector')
  await check_access(page, 'portrait as a teacher')
}

async function record_and_undo(run) {
  const page = await new_page(run, { size: 'phone' })
  await sign_in(run, page, 'class_teacher')
  const row = await first_class(run, page)
  await page.goto(`${run.url}/classes/${row.class_id}/board`)
  await page.waitForSelector('.board-name')
  await check_access(page, 'class board')
  await check_touch(page, 'class board')
  await page.locator('.board-name').nth(0).click()
  await page.locator('.board-name').nth(1).click()
  expect((await page.locator('.board-name[aria-pressed=true]').count()) === 2, 'two taps do not choose two names')
  await page.locator('.board-reason').first().click()
  await page.waitForSelector('.toast-undo, .modal-box, .board .form-error')
  if (await page.locator('.modal-box').count()) await page.click('.modal-box button[type=submit]')
  await page.waitForSelector('.toast-undo')
  expect((await page.locator('.board-name[aria-pressed=true]').count()) === 0, 'names stay chosen after recording')
  const undo = page.waitForResponse((response) => response.url().includes('/void') && response.request().method() === 'POST')
  await page.click('.toast-undo')
  expect((await undo).ok(), `undo was refused: ${(await undo).status()}`)
  await page.waitForSelector('.toast:not(:has(.toast-undo))')
}

async function record_without_network(run) {
  const page = await new_page(run, { size: 'phone' })
  await sign_in(run, page, 'class_teacher')
  const row = await first_class(run, page)
  await page.goto(`${run.url}/classes/${row.class_id}/board`)
  await page.waitForSelector('.board-name')
  await page.waitForLoadState('networkidle')
  await page.context().setOffline(true)
  await page.locator('.board-name').nth(2).click()
  await page.locator('.board-reason').first().click()
  await page.waitForSelector('.board-waiting')
  await page.click('.board-waiting')
  await page.waitForSelector('.modal-box .queue-list li')
  await check_access(page, 'what waits')
  await page.context().setOffline(false)
  await page.waitForSelector('.board-waiting', { state: 'detached' })
}

async function measured_by_pe(run) {
  const page = await new_page(run, { size: 'office' })
  await sign_in(run, page, 'pe_teacher')
  const row = await first_class(run, page)
  await page.goto(`${run.url}/classes/${row.class_id}`)
  await page.waitForSelector('.class-tile')
  await check_access(page, 'class page of the PE teacher')
  await page.goto(`${run.url}/import`)
  await page.waitForSelector('input[type=file]')
  await check_access(page, 'import, choose')
}

/** A small file of records: one good row, one with an unclear day, one with an unknown reason. */
async function small_file(page, mark) {
  const { classes } = await read_api(page, '/classes')
  const row = classes.find((c) => c.student_count > 2) ?? classes[0]
  const { students } = await read_api(page, `/classes/${row.class_id}`)
  const { reasons } = await read_api(page, `/reasons?class_id=${row.class_id}`)
  const { today } = await read_api(page, '/session')
  const reason = reasons.find((r) => r.kind === 'points' && r.default_value !== null) ?? reasons.find((r) => r.kind === 'points') ?? reasons[0]
  const names = students.filter((s) => students.filter((o) => o.name === s.name).length === 1)
  const value = reason.default_value ?? reason.value_low ?? 1
  const line = (student, why, day) => [row.name, student.name, why, day, value, mark].join(',')
  return ['班级,姓名,事由,日期,分值,备注', line(names[0], reason.name, day_ago(today, 3)), line(names[1], reason.name, '前天下午'), line(names[2], '没有这样的事由', day_ago(today, 2))].join('\n') + '\n'
}

async function import_small_file(run) {
  const page = await new_page(run, { size: 'office' })
  await sign_in(run, page, 'academic_office')
  const csv = await small_file(page, `journey ${Date.now()}`)
  await page.goto(`${run.url}/import`)
  await page.waitForSelector('input[type=file]')
  await page.check('input[name=kind][value=evidence]', { force: true })
  await page.setInputFiles('input[type=file]', { name: 'records.csv', mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${csv}`) })
  await step_up_if_asked(run, page, 'academic_office', '.import-grid tbody tr, form.import-narrow')
  if (await page.locator('form.import-narrow').count()) {
    await check_access(page, 'import, columns')
    await page.click('form.import-narrow button[type=submit]')
  }
  await page.waitForSelector('.import-grid tbody tr')
  await page.waitForSelector('.grid-fault.error')
  await check_access(page, 'import, check')
  const ready = Number(await page.locator('.check-count.ok strong').textContent())
  expect(ready === 1, `one row is good, the check says ${ready}`)
  await page.locator('.grid-fault.error').first().focus()
  await page.keyboard.press('Enter')
  await page.waitForSelector('.grid-popover')
  await check_access(page, 'import, one fault')
  await page.keyboard.press('Escape')
  expect((await page.locator('.grid-popover').count()) === 0, 'Esc does not close the fault')
  const bar = await page.textContent('.check-bar')
  expect(/2/.test(bar), 'the bar does not say what is not taken')
  await page.click('.check-bar .primary')
  await step_up_if_asked(run, page, 'academic_office', '.import-done')
  await check_access(page, 'import, done')
  expect((await page.textContent('.import-done h2')).includes('1'), 'not one row was taken')
  const link = page.locator('.import-done a[download]')
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()])
  expect(file.suggestedFilename().endsWith('.csv') || file.suggestedFilename() !== '', 'the left-out rows cannot be saved')
}

async function the_term(run) {
  for (const role of ['academic_office', 'principal']) {
    const page = await new_page(run)
    await sign_in(run, page, role)
    await page.goto(`${run.url}/periods`)
    await page.waitForSelector('.period-steps, .empty-state')
    await check_access(page, `terms as ${role}`)
    expect((await page.locator('.period-steps [aria-current=step]').count()) === 1, 'the page does not say where the term stands')
  }
}

async function keyboard_only(run) {
  const page = await new_page(run)
  const login = run.logins.student
  await page.goto(`${run.url}/sign-in`)
  await page.waitForSelector('input[name=login]')
  await page.locator('input[name=login]').focus()
  await page.keyboard.type(login.login)
  await page.keyboard.press('Tab')
  await page.keyboard.type(login.password)
  await page.keyboard.press('Enter')
  await page.waitForSelector('.agate-slice .slice-sector')
  let steps = 0
  const on_sector = () => page.evaluate(() => document.activeElement?.classList.contains('slice-sector'))
  while (!(await on_sector()) && steps < 40) {
    await page.keyboard.press('Tab')
    steps += 1
  }
  expect(steps < 40, 'the slice cannot be reached by Tab')
  const label = await page.evaluate(() => document.activeElement.getAttribute('aria-label'))
  await page.keyboard.press('Enter')
  await page.waitForSelector('.side-panel .why-sentence')
  expect(await page.evaluate(() => document.querySelector('.side-panel').contains(document.activeElement)), 'the focus does not go into the panel')
  await page.keyboard.press('Escape')
  await page.waitForSelector('.side-panel', { state: 'detached' })
  expect((await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))) === label, 'the focus does not come back to the sector')
}

async function on_a_phone(run) {
  const page = await open_portrait(run, 'guardian', { size: 'phone' })
  await check_access(page, 'portrait on a phone')
  await check_touch(page, 'portrait on a phone')
  await page.locator('.ladder-row').first().click()
  await page.waitForSelector('.side-panel .why-sentence')
  await check_access(page, 'why on a phone')
  await check_touch(page, 'why on a phone')
  await page.click('.panel-close')
  await page.waitForSelector('.side-panel', { state: 'detached' })
  await page.locator('.tabs a').nth(1).click()
  await page.waitForSelector('.records-page')
  await check_access(page, 'records on a phone')
  await check_touch(page, 'records on a phone')
}

async function a_class_on_a_phone(run) {
  const page = await new_page(run, { size: 'phone' })
  await sign_in(run, page, 'class_teacher')
  await check_touch(page, 'classes on a phone')
  const row = await first_class(run, page)
  await page.goto(`${run.url}/classes/${row.class_id}`)
  await page.waitForSelector('.class-tile')
  await check_access(page, 'class on a phone')
  await check_touch(page, 'class on a phone')
}

async function in_the_dark(run) {
  const page = await open_portrait(run, 'student', { theme: 'dark' })
  await check_access(page, 'portrait in the dark')
  const teacher = await new_page(run, { theme: 'dark', size: 'office' })
  await sign_in(run, teacher, 'class_teacher')
  const row = await first_class(run, teacher)
  await teacher.goto(`${run.url}/classes/${row.class_id}`)
  await teacher.waitForSelector('.class-tile')
  await check_access(teacher, 'class page in the dark')
  await teacher.goto(`${run.url}/classes/${row.class_id}/board`)
  await teacher.waitForSelector('.board-name')
  await check_access(teacher, 'class board in the dark')
}

async function enlarged(run) {
  // 200 % zoom of 1366 x 768 leaves 683 x 384 CSS pixels.
  const page = await open_portrait(run, 'guardian', { viewport: { width: 683, height: 384 }, language: 'en' })
  await check_access(page, 'portrait at 200 %')
}

async function report_to_keep(run) {
  const page = await open_portrait(run, 'guardian')
  const link = page.locator('a[download]').first()
  if (!(await link.count())) return
  const answer = page.waitForResponse((response) => response.url().includes('report.pdf'))
  await link.click()
  const response = await answer
  expect(response.ok() || response.status() === 403, `the report answered ${response.status()}`)
}

export const journeys = {
  'wrong password': wrong_password,
  ...Object.fromEntries(roles.map((role) => [`first pages: ${role}`, home_of(role)])),
  'portrait and why': portrait_and_why,
  'down to a record': down_to_a_record,
  'not yours': not_yours,
  'two languages': two_languages,
  'class page': class_page,
  'record and undo': record_and_undo,
  'record without network': record_without_network,
  'measured by PE': measured_by_pe,
  'import a small file': import_small_file,
  'the term': the_term,
  'keyboard only': keyboard_only,
  'on a phone': on_a_phone,
  'a class on a phone': a_class_on_a_phone,
  'in the dark': in_the_dark,
  enlarged,
  'report to keep': report_to_keep,
}
