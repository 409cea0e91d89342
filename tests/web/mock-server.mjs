// SPDX-License-Identifier: Apache-2.0
// Serves web/dist and answers the API contract with invented people, so that the front can be
// looked at without the program. Not part of the product; the journeys run against either.
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const dist = fileURLToPath(new URL('../../web/dist', import.meta.url))
const port = Number(process.env.AGATE_MOCK_PORT ?? 8123)
const slow = Number(process.env.AGATE_MOCK_SLOW ?? 0)

// ---- invented data -------------------------------------------------------------------------
let seed = 7
const random = () => {
  seed = (seed * 1103515245 + 12345) % 2147483648
  return seed / 2147483648
}
const uuid = (n) => `018f3a5c-0000-7000-8000-${String(n).padStart(12, '0')}`
const tr = (zh, en) => (lang) => (lang === 'en' ? en : zh)
const contents = [
  ['A1', '品德发展', 'Moral development', '德', 'M'], ['A2', '学业发展', 'Study', '学', 'S'], ['A3', '身心发展', 'Body and mind', '身', 'B'],
  ['A4', '审美素养', 'Arts', '美', 'A'], ['A5', '劳动与社会实践', 'Labour and practice', '劳', 'L'],
]
const content_list = (lang) => contents.map(([code, zh, en, mark_zh, mark_en]) => ({ code, name: lang === 'en' ? en : zh, mark: lang === 'en' ? mark_en : mark_zh }))
const band_words = [['growing', '待提高', 'Growing'], ['pass', '合格', 'Pass'], ['good', '良好', 'Good'], ['excellent', '优秀', 'Excellent']]
const band = (index, lang) => ({ index, code: band_words[index][0], name: band_words[index][lang === 'en' ? 2 : 1] })
const bands = (lang) => band_words.map((_, i) => band(i, lang))
const names = '安晓棠 白一诺 蔡景行 岑知夏 陈砚青 程小满 崔星野 邓禾苗 丁可言 董予安 杜若谷 范以南 方糖 冯听雨 高朗 葛清越 顾米 郭子墨 韩小雨 何其乐 胡桃 黄予舟 纪南星 江一帆 蒋念 金豆 孔令仪 李子涵 李子涵 梁木 林听风 刘一白 卢舟 罗小山 马一鸣 孟夏 潘青禾 秦朗月 沈星河 宋知远 苏禾 唐果 田野 王沐晨 许愿'.split(' ')
const pinyin = 'an bai cai cen chen cheng cui deng ding dong du fan fang feng gao ge gu guo han he hu huang ji jiang jiangn jin kong li li liang lin liu lu luo ma meng pan qin shen song su tang tian wang xu'.split(' ')
const students = names.map((name, i) => ({
  student_id: uuid(1000 + i), number: String(i + 1).padStart(2, '0'), name, name_pinyin: pinyin[i],
  bands: contents.map(([code]) => {
    const roll = random()
    const coverage = Math.round((0.35 + random() * 0.65) * 100) / 100
    const index = roll < 0.06 ? null : roll < 0.14 ? 0 : roll < 0.4 ? 1 : roll < 0.78 ? 2 : 3
    return { code, index, coverage: index === null ? 0.12 : coverage, is_thin: index !== null && coverage < 0.6, records: Math.floor(3 + random() * 28) }
  }),
  last_record_day: random() < 0.11 ? '2026-11-02' : '2026-11-20',
}))
const suhe = students.find((s) => s.name === '苏禾')
const fixed = { A1: [2, 0.81, 22], A2: [2, 0.88, 31], A3: [1, 0.41, 9], A4: [2, 0.76, 17], A5: [3, 0.92, 28] }
suhe.bands = contents.map(([code]) => ({ code, index: fixed[code][0], coverage: fixed[code][1], is_thin: fixed[code][1] < 0.6, records: fixed[code][2] }))

const reasons = [
  ['R01', '收拾得干净', 'Tidied up', 'A5', 'points', 2, 1, 3], ['R02', '主动帮同学', 'Helped a classmate', 'A1', 'points', 2, 1, 3], ['R03', '提了好问题', 'Asked a good question', 'A2', 'points', 1, 1, 3],
  ['R04', '听得很专注', 'Listened closely', 'A2', 'points', 1, 1, 3], ['R05', '作品有想法', 'Work with an idea', 'A4', 'points', 2, 1, 3], ['R06', '坚持锻炼', 'Kept exercising', 'A3', 'points', 1, 1, 3],
  ['R07', '排队有序', 'Lined up well', 'A1', 'points', 1, 1, 2], ['R08', '值日认真', 'Careful on duty', 'A5', 'points', 1, 1, 2], ['R09', '读完一本书', 'Finished a book', 'A2', 'completion', 1, null, null],
  ['R10', '合唱参加', 'Joined the choir', 'A4', 'completion', 1, null, null], ['R11', '校级获奖', 'School award', 'A4', 'award', null, null, null], ['R12', '劳动技能评定', 'Skill rating', 'A5', 'rating', null, 1, 5],
]
const reason_of = (code) => reasons.find((r) => r[0] === code)
const periods = [
  { period_id: 12, name: ['2026—2027 学年上学期', 'Autumn term 2026'], from: '2026-09-01', to: '2027-01-18', state: 'recording', state_name: ['记录中', 'Recording'], is_current: true, week: 12, weeks: 20, digest: '8f3ac21e90b47d15' },
  { period_id: 11, name: ['2025—2026 学年下学期', 'Spring term 2026'], from: '2026-02-16', to: '2026-07-03', state: 'sealed', state_name: ['已归档', 'Sealed'], is_current: false, week: 20, weeks: 20, digest: '7d1590b4c21e8f3a' },
]
const period = (p, lang) => ({ ...p, name: p.name[lang === 'en' ? 1 : 0], state_name: p.state_name[lang === 'en' ? 1 : 0] })
const classes = []
for (let grade = 1; grade <= 6; grade += 1) for (let k = 1; k <= 3; k += 1) classes.push({ class_id: 400 + grade * 10 + k, grade, k })
const main_class = 442
const class_name = (c, lang) => (lang === 'en' ? `Grade ${c.grade} Class ${c.k}` : `${'一二三四五六'[c.grade - 1]}年级${c.k}班`)

// ---- records -------------------------------------------------------------------------------
const deeds = [
  ['2026-11-20', 'A2', '豆苗长到 14 厘米', 'Bean sprout at 14 cm', '科学课', null], ['2026-11-19', 'A5', '值日时帮第三组收画具', 'Put away the paints on duty', '陆老师', 2], ['2026-11-15', 'A5', '在家做番茄炒蛋', 'Cooked tomato and egg at home', '家长确认', 2],
  ['2026-11-12', 'A5', '给班级豆苗浇水一周', 'Watered the class plant for a week', '同学互评', 1], ['2026-11-06', 'A4', '京剧脸谱入选画展', 'Opera mask in the school show', '范老师', null], ['2026-11-03', 'A2', '读完《草房子》', 'Finished The Grass House', '自己记录', 1],
]
const records = []
const voided = new Map()
for (let i = 0; i < 107; i += 1) {
  const [day, content, zh, en, who, value] = deeds[i] ?? (() => {
    const week = 12 - Math.floor((i / 107) * 12)
    const c = contents[Math.floor(random() * 5)][0]
    const r = reasons.filter((x) => x[3] === c)
    const pick = r[Math.floor(random() * r.length)]
    const date = new Date(Date.UTC(2026, 8, 1 + (week - 1) * 7 + Math.floor(random() * 5)))
    return [date.toISOString().slice(0, 10), c, pick[1], pick[2], ['陆老师', '范老师', '家长确认'][i % 3], 1 + (i % 3)]
  })()
  records.push({ id: uuid(5000 + i), student_id: suhe.student_id, day, content, zh, en, who, value, credited: i === 9 ? 0 : value, late: i === 30, state: i === 12 ? 'submitted' : 'verified', voided: i === 20 ? { day: '2026-11-10', reason: '记错了人' } : null })
}
records.sort((a, b) => (a.day < b.day ? 1 : -1))
const week_of = (day) => Math.floor((Date.parse(day) - Date.parse('2026-08-31')) / 604800000) + 1
function record_json(r, lang) {
  const c = content_list(lang).find((x) => x.code === r.content)
  return {
    evidence_id: r.id, day: r.day, week: week_of(r.day), content: r.content, content_mark: c.mark, indicator: 'C25', indicator_name: lang === 'en' ? 'Chores and school work' : '家务与校内劳动',
    reason: 'R01', reason_name: lang === 'en' ? r.en : r.zh, value: r.value, unit: null, label: null, note: r.note ?? null, rater_kind: 'teacher', rater_kind_name: lang === 'en' ? 'Teacher' : '师评',
    author_name: r.who, state: r.state, state_name: r.state === 'verified' ? (lang === 'en' ? 'Verified' : '已审核') : lang === 'en' ? 'Waiting' : '待审核', recorded_at: `${r.day}T10:12:00+08:00`,
    is_late: r.late, voided: voided.get(r.id) ?? r.voided, credited: r.credited,
  }
}

// ---- pages ---------------------------------------------------------------------------------
const change_words = { up: ['比上学期高一档', 'One band up from last term'], near: ['高一档，刚过线', 'One band up, just over'], same: ['和上学期同档', 'Same band as last term'], thin: ['证据偏少，先不比较', 'Thin evidence, not compared'], first: ['第一个学期', 'First term'] }
function portrait(student, lang) {
  const w = (key) => change_words[key][lang === 'en' ? 1 : 0]
  const spec = { A1: [2.48, 2.1, 2.82, 2.5, 'same'], A2: [2.6, 2.3, 2.9, 2.4, 'same'], A3: [1.58, 1, 2.4, 1.5, 'thin'], A4: [2.18, 1.8, 2.7, 1.38, 'near'], A5: [3.26, 3.0, 3.46, 2.4, 'up'] }
  const is_main = student === suhe
  return {
    student: { student_id: student.student_id, name: student.name, class_name: class_name({ grade: 4, k: 2 }, lang), grade: 4, school_name: lang === 'en' ? 'Chengxi Primary' : '澄溪小学', number: student.number },
    period: period(periods[0], lang), standing: 'standing',
    framework: { name: lang === 'en' ? 'Compulsory 2021 with the school layer' : '义务教育 2021・五色行动', version: '2', layers: ['national', 'school'] },
    sentence: lang === 'en' ? `${student.name} did most under labour this term, one band up; body and mind still has thin evidence.` : `这学期${student.name}在劳动与社会实践上最突出，高了一档；身心发展证据还偏少。`,
    contents: content_list(lang).map((c) => {
      const b = student.bands.find((x) => x.code === c.code)
      const [value, low, high, before, change] = spec[c.code]
      const shift = is_main ? 0 : (b.index ?? 0) + 0.5 - value
      return {
        ...c, band: b.index === null ? null : band(b.index, lang), coverage: b.coverage, is_thin: b.is_thin, score_hidden: true,
        position: b.index === null ? null : { value: value + shift, low: Math.max(0, low + shift), high: Math.min(4, high + shift) },
        previous: is_main || b.index !== null ? { band: band(Math.min(3, Math.floor(before)), lang), position: before } : null, change, change_words: b.index === null ? w('first') : is_main ? w(change) : b.is_thin ? w('thin') : w('same'), records: b.records,
      }
    }),
    bands: bands(lang),
    strengths: lang === 'en'
      ? [{ content: 'A5', text: 'Chores and duty, 11 of 12 weeks', detail: '24 records, confirmed by family and teachers' }, { content: 'A4', text: 'Opera mask in the school show', detail: 'Week 9, recorded by Ms Fan' }, { content: 'A2', text: '7 books read, 11 of 12 weeks', detail: '14 of 31 records are reading' }]
      : [{ content: 'A5', text: '坚持做家务和值日，12 周里有 11 周', detail: '24 条记录，家长和老师都确认过' }, { content: 'A4', text: '画的京剧脸谱入选校园画展', detail: '第 9 周，范老师记录' }, { content: 'A2', text: '读完 7 本书，12 周里有 11 周在读', detail: '31 条记录里有 14 条是阅读' }],
    weeks: [[0, 1, 0, 0, 1], [2, 3, 0, 1, 2], [1, 3, 1, 0, 2], [2, 2, 0, 2, 3], [3, 4, 1, 2, 3], [1, 0, 0, 0, 0], [2, 3, 1, 1, 2], [2, 4, 1, 2, 3], [3, 3, 1, 4, 3], [2, 2, 2, 2, 3], [2, 4, 1, 2, 3], [2, 2, 1, 1, 3]]
      .map((row, i) => ({ week: i + 1, from: new Date(Date.UTC(2026, 7, 31 + i * 7)).toISOString().slice(0, 10), counts: Object.fromEntries(contents.map(([code], k) => [code, row[k]])), holiday: i === 5 ? (lang === 'en' ? 'National Day' : '国庆假期') : null })),
    highlights: [{ week: 3, text: lang === 'en' ? 'Week 3: first meal cooked alone' : '第 3 周 第一次独立做饭', content: 'A5' }, { week: 9, text: lang === 'en' ? 'Week 9: mask in the school show' : '第 9 周 脸谱进了校园画展', content: 'A4' }],
    recent: records.slice(0, 4).map((r) => record_json(r, lang)), record_total: records.length, viewer: { can_print: true, can_object: true, is_own: is_main },
  }
}
function leaf(code, zh, en, weight, score, sentence, notes = [], lang = 'zh') {
  return { indicator: { code, name: lang === 'en' ? en : zh, official_name: zh, text: '', is_verified_wording: false, layer: 'national', maps_to: null }, sentence, score, score_decimals: 1, band: null, computed_band: null, coverage: score === null ? 0 : 1, weight, rule: '', range: null, thresholds: [], notes, inputs: [], children: [{ code, has_more: true }], records: [], versions: {} }
}
function reason_tree(student, code, lang) {
  const en = lang === 'en'
  const c = content_list(lang).find((x) => x.code === code)
  const b = c ? student.bands.find((x) => x.code === code) : { index: 3, coverage: 1 }
  const parent = (zh, en_name, weight, score, children) => ({ ...leaf(`B-${zh}`, zh, en_name, weight, score, '', [], lang), children })
  return {
    indicator: { code, name: c?.name ?? (en ? 'Chores and school work' : '家务与校内劳动'), official_name: c?.name ?? '', text: c ? '' : '尊重劳动，珍惜劳动成果，参加家务、校内外劳动', is_verified_wording: false, layer: 'national', maps_to: null },
    sentence: b.index === null ? (en ? 'Only 12% of the weight has evidence, too little for a band. What is missing does not count as zero.' : '只有 12% 的内容有证据，还不够定等第。缺的部分不按零分算。') : en ? 'Score 88.5; 85 makes it Excellent. Two parts, from 28 checked records and 3 ratings.' : '得分 88.5，达到 85 就是优秀。它由两项合成，依据 28 条审核过的记录和 3 份评定。',
    score: b.index === null ? null : 88.5, score_decimals: 1, band: b.index === null ? null : band(b.index, lang), computed_band: null, coverage: b.coverage,
    rule: en ? 'Weighted mean of the two parts; a part without records leaves its weight to the others.' : '两项按比重相加；没有记录的一项不算零分，由其余的分担。', range: b.index === null ? null : { low: 81.4, high: 89.4 },
    thresholds: [{ band: band(3, lang).name, from: 85 }, { band: band(2, lang).name, from: 75 }, { band: band(1, lang).name, from: 60 }], notes: [],
    inputs: c ? [] : [{ label: en ? '24 records' : '24 条记录', given: 42, credited: 36, weight: null, evidence_ids: [] }],
    children: c ? [
      parent('劳动习惯', 'Habits of work', 0.6, 90, [
        leaf('C25', '家务与校内劳动', 'Chores and school work', 0.5, 91, en ? '24 records, 42 points; 36 counted' : '24 条记录共 42 分，余 36 分按换算表得 91.0', [{ code: 'cap', text: en ? 'Two weeks passed the weekly cap of 4; 6 points not counted' : '有 2 周超过每周 4 分的上限，6 分未计入', evidence_ids: [] }], lang),
        leaf('C26', '劳动技能', 'Skills', 0.5, 89, en ? 'Teacher, self and family, 5:2:3' : '师评、自评、家长各 1 份，按 5:2:3 合成', [], lang)]),
      parent('社会体验', 'Experience of society', 0.4, 86.3, [
        leaf('C27', '志愿服务', 'Volunteering', 0.4, 90, en ? '3 times' : '做了 3 次', [], lang), leaf('C28', '职业体验', 'Trying a trade', 0.2, null, en ? 'No records yet: not counted as zero, the others carry it' : '还没有记录：不按零分算，由其余分担', [], lang)])] : [],
    records: c ? [] : records.slice(1, 4).map((r) => record_json(r, lang)),
    versions: { framework: en ? 'national 2021, school layer 2' : '国家指标 2021 版・校本 2 版', digest: '8f3ac21e90b47d15', run_id: null, as_of_sequence: 41233 },
  }
}

// ---- imports -------------------------------------------------------------------------------
const imports = new Map()
const fields = {
  evidence: [['student_number', '学号', 'Student number', false], ['student_name', '姓名', 'Name', false], ['class_name', '班级', 'Class', false], ['reason', '事由', 'Reason', true], ['day', '日期', 'Day', true], ['value', '分值', 'Value', false], ['note', '说明', 'Note', false]],
  roster: [['student_number', '学号', 'Student number', true], ['student_name', '姓名', 'Name', true], ['class_name', '班级', 'Class', true], ['sex', '性别', 'Sex', false]],
  fitness: [['grade', '年级', 'Grade', false], ['class_name', '班级名称', 'Class', false], ['student_number', '学籍号', 'Student number', true], ['student_name', '姓名', 'Name', true], ['sex', '性别', 'Sex', true], ['height', '身高', 'Height', false], ['weight', '体重', 'Weight', false], ['vital', '肺活量', 'Vital capacity', false], ['run_50m', '50米跑', '50 m run', false], ['reach', '坐位体前屈', 'Sit and reach', false], ['rope', '一分钟跳绳', 'Rope skipping', false]],
}
const letters = (n) => (n > 26 ? letters(Math.floor((n - 1) / 26)) + letters(((n - 1) % 26) + 1) : String.fromCharCode(64 + n))
const column_of = (text) => [...text].reduce((n, x) => n * 26 + x.charCodeAt(0) - 64, 0)
function dry_run(job, lang) {
  const en = lang === 'en'
  const problems = []
  const rows = job.table.slice(1).map((cells, i) => {
    const row = i + 2
    const now = cells.map((cell, k) => job.mends.get(`${row}:${k + 1}`) ?? cell)
    const here = []
    const fault = (k, code, zh, en_text, mend, suggestion, severity = 'error') => here.push({ where: { file: job.file, sheet: job.sheet, row, column: k + 1, column_letters: letters(k + 1), column_name: job.table[0][k] }, code, message: en ? en_text : zh, mend, severity, value: now[k] ?? '', suggestion })
    job.columns.forEach((field, k) => {
      const v = now[k] ?? ''
      const name = fields[job.kind].find((f) => f[0] === field)
      if (field && v === '') {
        if (name[3]) fault(k, 'empty_needed', `${name[1]}是空的`, `${name[2]} is blank`, en ? 'Fill it in.' : '补上再来。', null)
        else fault(k, 'blank_cell', `${name[1]}空着，不算零分`, `${name[2]} is blank, not zero`, '', null, 'warning')
      }
      if (field === 'height' && Number(v) > 0 && Number(v) < 3) fault(k, 'height_in_metres', '身高像是用“米”写的', 'Height looks like metres', en ? 'This column is in centimetres, 80 to 250.' : '这一列要求厘米，允许 80 到 250。', (Number(v) * 100).toFixed(1))
      if (field === 'run_50m' && /'/.test(v)) fault(k, 'time_in_minutes', '50米跑写成了分秒', 'The 50 m run is written in minutes', en ? 'Seconds are wanted.' : '这一列要求秒。', v.replace("'", '.').replace('"', ''))
      if (field === 'vital' && /[Oo]/.test(v)) fault(k, 'letter_in_number', '数字里混进了字母 O', 'The letter O among digits', '', v.replace(/[Oo]/g, '0'))
      if (field === 'rope' && Number(v) > 300) fault(k, 'out_of_range', `跳绳 ${v} 超出 0 到 300`, `${v} is outside 0 to 300`, en ? 'Look at the paper sheet.' : '请回去查原始登记表。', null)
      if (field === 'day' && v !== '' && !/^\d{4}-\d{2}-\d{2}$/.test(v)) fault(k, 'day_unclear', `日期“${v}”看不明白`, `The day “${v}” is unclear`, en ? 'Write it like 2026-11-20.' : '写成 2026-11-20 这样。', /^\d{4}\/\d+\/\d+$/.test(v) ? v.split('/').map((x) => x.padStart(2, '0')).join('-') : null)
      if (field === 'reason' && v !== '' && !reasons.some((r) => r[1] === v || r[0] === v)) fault(k, 'reason_unknown', `没有“${v}”这个事由`, `There is no reason “${v}”`, en ? 'Choose one of the list.' : '从事由表里选一个。', null)
    })
    const state = job.skipped.has(row) ? 'skipped' : here.some((p) => p.severity === 'error') ? 'problem' : job.taken.has(now.join('|')) ? 'taken_before' : job.kind === 'evidence' && i === 4 && job.table.length > 8 ? 'double' : 'ready'
    problems.push(...here)
    return { row, cells: now, state, problems: here, mended: now.flatMap((v, k) => (v !== (cells[k] ?? '') ? [letters(k + 1)] : [])) }
  })
  const causes = new Map()
  for (const p of problems.filter((x) => x.severity === 'error')) {
    const cause = causes.get(p.code) ?? { code: p.code, message: p.message, mend: p.mend, count: 0, cells: [], suggestion: p.suggestion !== null }
    cause.count += 1
    if (cause.cells.length < 20) cause.cells.push({ row: p.where.row, column_letters: p.where.column_letters })
    causes.set(p.code, cause)
  }
  job.rows = rows
  const count = (state) => rows.filter((r) => r.state === state).length
  return {
    import_id: job.id, kind: job.kind, file: job.file, sheet: job.sheet, sheets: job.sheet ? [job.sheet] : [], header_row: 1, digest: `d${job.turn}`, state: job.committed ? 'committed' : 'dry_run_done',
    columns: job.table[0].map((header, k) => ({ letters: letters(k + 1), header, field: job.columns[k], field_name: job.columns[k] })),
    fields: fields[job.kind].map(([field, zh, en_name, required]) => ({ field, name: en ? en_name : zh, required })),
    counts: { rows: rows.length, ready: count('ready'), problem: count('problem'), blank_cells: problems.filter((p) => p.code === 'blank_cell').length, doubles: count('double'), taken_before: count('taken_before') },
    causes: [...causes.values()], problems: problems.slice(0, 200), committed: job.committed,
  }
}
function big_fitness_table() {
  const table = [['年级', '', '班级名称', '学籍号', '', '姓名', '性别', '', '', '身高', '体重', '肺活量', '50米跑', '坐位体前屈', '一分钟跳绳']]
  for (let i = 0; i < 312; i += 1) {
    const odd = { 22: { 9: '1.42' }, 30: { 9: '1.38' }, 12: { 12: "9'4" }, 119: { 12: "8'9" }, 216: { 12: "8'8" }, 73: { 11: '21O4' }, 180: { 11: '23O0' }, 132: { 14: '305' }, 149: { 12: '' }, 202: { 13: '' }, 165: { 9: '1.45' }, 300: { 9: '1.50' } }[i] ?? {}
    const row = ['14', '', `四年级${1 + (i % 3)}班`, `G50011802${String(i).padStart(2, '0')}`, '', names[i % names.length], String(1 + (i % 2)), '', '', (132 + (i % 25)).toFixed(1), (28 + (i % 17)).toFixed(1), String(1800 + i * 3), (8.2 + (i % 14) / 10).toFixed(1), (3 + (i % 12)).toFixed(1), String(90 + (i % 60))]
    for (const [k, v] of Object.entries(odd)) row[k] = v
    table.push(row)
  }
  return table
}
const guess = (kind, header) => fields[kind].find((f) => f[1] === header || f[0] === header || f[2] === header)?.[0] ?? null

// ---- accounts ------------------------------------------------------------------------------
const role = (code, zh, en, org, org_zh) => ({ role: code, zh, en, org_id: org, org_name: org_zh })
const accounts = {
  student: { person_name: '苏禾', roles: [role('student', '学生', 'Student', main_class, '四年级2班')], person_id: suhe.student_id, children: [] },
  guardian: { person_name: '苏敏', roles: [role('guardian', '监护人', 'Guardian', main_class, '四年级2班')], children: [{ person_id: suhe.student_id, name: '苏禾' }, { person_id: students[3].student_id, name: '岑知夏' }] },
  class_teacher: { person_name: '陆青', roles: [role('class_teacher', '班主任', 'Class teacher', main_class, '四年级2班'), role('guardian', '监护人', 'Guardian', main_class, '')], children: [{ person_id: students[9].student_id, name: '董予安' }] },
  pe_teacher: { person_name: '罗晓峰', roles: classes.slice(9, 13).map((c) => role('pe_teacher', '体育教师', 'PE teacher', c.class_id, class_name(c, 'zh'))), children: [] },
  academic_office: { person_name: '范以宁', roles: [role('academic_office', '教务处', 'Academic office', 4, '澄溪小学')], children: [] },
  principal: { person_name: '黎川', roles: [role('principal', '校长', 'Principal', 4, '澄溪小学')], children: [], totp: true },
}
const password = 'agate-demo-1'
const sessions = new Map()
const account_json = (login, lang) => {
  const a = accounts[login]
  return { login, person_id: a.person_id ?? null, person_name: a.person_name, language: lang, roles: a.roles.map((r) => ({ role: r.role, role_name: lang === 'en' ? r.en : r.zh, org_id: r.org_id, org_name: r.org_name })), children: a.children, second_factor_on: Boolean(a.totp) }
}

// ---- routes --------------------------------------------------------------------------------
const routes = []
const on = (method, pattern, work, open = false) => routes.push({ method, pattern: new RegExp(`^${pattern}$`), work, open })
const fail = (status, code, zh, en, mend = '') => ({ fail: true, status, code, zh, en, mend })
const missing = () => fail(404, 'not_found', '没有这一条，或者不归你看。', 'Not there, or not yours to open.')

on('POST', '/session', (c) => {
  const a = accounts[c.body.login]
  if (!a || c.body.password !== password) return fail(401, 'wrong_login', '账号或密码不对。', 'Account or password is not right.', c.en ? 'Try once more.' : '再试一次。')
  const id = `s${sessions.size + 1}`
  sessions.set(id, { login: c.body.login, ready: !a.totp, proved: 0 })
  c.set_cookie(id)
  return a.totp ? { account: null, second_factor: 'totp', csrf: 'x' } : { account: account_json(c.body.login, c.lang), csrf: 'x' }
}, true)
on('POST', '/session/totp', (c) => {
  if (!c.session || !/^\d{6}$/.test(c.body.code)) return fail(401, 'wrong_code', '数字不对。', 'The digits are not right.', c.en ? 'Wait for the next ones.' : '等下一组再试。')
  c.session.ready = true
  return { account: account_json(c.session.login, c.lang), csrf: 'x' }
}, true)
on('GET', '/session', (c) => (c.session?.ready ? { account: account_json(c.session.login, c.lang), csrf: 'x', today: '2026-11-22', school_name: c.en ? 'Chengxi Primary' : '澄溪小学', district_name: c.en ? 'Yunlu District' : '云麓区', is_demo: true } : fail(401, 'signed_out', '还没有登录。', 'Not signed in.')), true)
on('DELETE', '/session', (c) => { sessions.delete(c.session_id); return null }, true)
on('POST', '/session/step-up', (c) => {
  if (c.body.password !== password && !/^\d{6}$/.test(c.body.code ?? '')) return fail(401, 'wrong_code', '不对，再试一次。', 'Not right; try once more.')
  c.session.proved = Date.now()
  return null
}, true)
on('POST', '/account/language', () => null)
on('POST', '/account/password', (c) => (c.body.old === password ? null : fail(400, 'wrong_password', '现在的密码不对。', 'The password now is not right.')))
on('POST', '/account/totp', () => ({ secret_base32: 'JBSWY3DPEHPK3PXPJBSWY3DP', uri: 'otpauth://totp/Agate:demo?secret=JBSWY3DPEHPK3PXPJBSWY3DP&issuer=Agate' }))
on('POST', '/account/totp/confirm', (c) => (/^\d{6}$/.test(c.body.code) ? null : fail(400, 'wrong_code', '数字不对。', 'The digits are not right.')))
on('GET', '/periods', (c) => ({ periods: periods.map((p) => period(p, c.lang)) }))
on('POST', '/periods/(\\d+)/(\\w+)', (c) => {
  if (!c.session.proved) return fail(403, 'step_up_required', '再确认一下是你。', 'One more check that it is you.')
  const p = periods.find((x) => x.period_id === Number(c.args[0]))
  const order = { close_recording: ['reviewing', ['审核中', 'Review']], evaluate: ['evaluating', ['评定中', 'Evaluation']] }[c.args[1]]
  if (order) [p.state, p.state_name] = order
  return period(p, c.lang)
})
on('GET', '/classes', (c) => {
  const login = c.session.login
  const relation = { class_teacher: 'class_teacher', pe_teacher: 'pe_teacher', academic_office: 'office', principal: 'principal' }[login]
  const list = login === 'class_teacher' ? classes.filter((x) => x.class_id === main_class) : login === 'pe_teacher' ? classes.slice(9, 13) : relation ? classes : []
  return { classes: list.map((x, i) => ({ class_id: x.class_id, name: class_name(x, c.lang), grade: x.grade, campus_name: x.grade < 4 ? (c.en ? 'East campus' : '东校区') : c.en ? 'Main campus' : '本部', school_name: c.en ? 'Chengxi Primary' : '澄溪小学', student_count: 45 - (i % 4), thin_count: i % 5 === 2 ? null : i % 3 === 1 ? 0 : 6 + i, record_count: 3120 + i * 137, relation })) }
})
on('GET', '/classes/(\\d+)', (c) => {
  const k = classes.find((x) => x.class_id === Number(c.args[0]))
  if (!k || ['student', 'guardian'].includes(c.session.login)) return missing()
  const list = [...students]
  if (c.query.get('sort') === 'name') list.sort((a, b) => a.name_pinyin.localeCompare(b.name_pinyin) || a.number.localeCompare(b.number))
  const cell = (n) => (n > 0 && n < 5 ? { count: null, suppressed: true } : { count: n, suppressed: false })
  return {
    class: { class_id: k.class_id, name: class_name(k, c.lang), grade: k.grade, campus_name: c.en ? 'Main campus' : '本部' }, period: period(periods[0], c.lang),
    sentence: c.en ? '45 pupils, 3,120 records in 12 weeks; most is known under study, least under body and mind.' : '45 位同学，12 周记下 3120 条；学业发展证据最足，身心发展还偏少。',
    contents: content_list(c.lang), bands: bands(c.lang),
    students: list.map((s) => ({ student_id: s.student_id, number: s.number, name: s.name, name_pinyin: s.name_pinyin, bands: s.bands.map((b) => ({ content: b.code, band: b.index === null ? null : band(b.index, c.lang), coverage: b.coverage, is_thin: b.is_thin, records: b.records })), records: s.bands.reduce((n, b) => n + b.records, 0), last_record_day: s.last_record_day })),
    distribution: contents.map(([code], i) => ({ content: code, cells: band_words.map(([b], index) => ({ band: b, ...cell(students.filter((s) => s.bands[i].index === index).length) })), no_result: cell(students.filter((s) => s.bands[i].index === null).length) })),
    coverage: 0.81,
  }
})
on('GET', '/reasons', (c) => ({ reasons: reasons.map(([code, zh, en, content, kind, value, low, high]) => ({ reason: code, name: c.en ? en : zh, content, default_value: value, value_low: low, value_high: high, kind })) }))
const may_see = (c, id) => {
  const a = accounts[c.session.login]
  return ['student', 'guardian'].includes(c.session.login) ? a.person_id === id || a.children.some((x) => x.person_id === id) : true
}
const student_of = (c) => { const s = students.find((x) => x.student_id === c.args[0]); return s && may_see(c, s.student_id) ? s : null }
on('GET', '/students/([\\w-]+)/portrait', (c) => { const s = student_of(c); return s ? portrait(s, c.lang) : missing() })
on('GET', '/students/([\\w-]+)/reasons/([\\w.-]+)', (c) => { const s = student_of(c); return s ? reason_tree(s, decodeURIComponent(c.args[1]), c.lang) : missing() })
on('GET', '/students/([\\w-]+)/records', (c) => {
  if (!student_of(c)) return missing()
  const content = c.query.get('content')
  const all = records.filter((r) => !content || r.content === content)
  const from = Number(c.query.get('before') ?? 0)
  const limit = Number(c.query.get('limit') ?? 50)
  return { records: all.slice(from, from + limit).map((r) => record_json(r, c.lang)), next: from + limit < all.length ? String(from + limit) : null, total: all.length }
})
on('POST', '/evidence', (c) => take(c.body, c), false)
on('POST', '/evidence/batch', (c) => ({ taken: c.body.records.map((r) => take(r, c)), problems: [], status: 201 }))
function take(body, c) {
  const r = reason_of(body.reason)
  const id = uuid(9000 + records.length)
  records.unshift({ id, student_id: body.student_id, day: body.day, content: r[3], zh: r[1], en: r[2], who: accounts[c.session.login].person_name, value: body.value ?? null, credited: body.value ?? null, note: body.note, state: 'verified', late: false, voided: null })
  return { evidence_id: id, sequence: 41000 + records.length, state: 'verified' }
}
on('POST', '/evidence/([\\w-]+)/void', (c) => { voided.set(c.args[0], { day: '2026-11-22', reason: c.body.reason }); return null })
on('POST', '/imports', (c) => {
  const kind = c.query.get('kind')
  const text = c.raw.toString('utf8').replace(/^\ufeff/, '')
  const table = c.raw.subarray(0, 2).toString() === 'PK' || c.query.get('file').endsWith('.xlsx') ? big_fitness_table() : text.split(/\r?\n/).filter(Boolean).map((line) => line.split(','))
  if (table.length < 2) return fail(400, 'empty_file', '这个文件里没有行。', 'No rows in this file.')
  const job = { id: uuid(20000 + imports.size), kind, file: c.query.get('file'), sheet: c.query.get('file').endsWith('.xlsx') ? '第 1 张表' : '', table, columns: table[0].map((h) => guess(kind, h)), mends: new Map(), skipped: new Set(), taken: new Set(), turn: 1, committed: null, rows: [] }
  imports.set(job.id, job)
  return dry_run(job, c.lang)
})
const job_of = (c) => imports.get(c.args[0])
on('GET', '/imports/([\\w-]+)', (c) => (job_of(c) ? dry_run(job_of(c), c.lang) : missing()))
on('POST', '/imports/([\\w-]+)/mapping', (c) => { const j = job_of(c); j.turn += 1; for (const [l, f] of Object.entries(c.body.columns)) j.columns[[...l].reduce((n, x) => n * 26 + x.charCodeAt(0) - 64, 0) - 1] = f; return dry_run(j, c.lang) })
on('POST', '/imports/([\\w-]+)/mends', (c) => {
  const j = job_of(c)
  j.turn += 1
  for (const m of c.body.mends) {
    if (m.skip_row === true) j.skipped.add(m.row)
    else if (m.skip_row === false) j.skipped.delete(m.row)
    else if (m.value === null) j.mends.delete(`${m.row}:${column_of(m.column)}`)
    else j.mends.set(`${m.row}:${column_of(m.column)}`, m.value)
  }
  return dry_run(j, c.lang)
})
on('GET', '/imports/([\\w-]+)/rows', (c) => {
  const j = job_of(c)
  dry_run(j, c.lang)
  const f = c.query.get('filter')
  const all = j.rows.filter((r) => f === 'all' || (f === 'problem' && (r.state === 'problem' || r.mended.length > 0)) || r.state === f || (f === 'blank' && r.problems.some((p) => p.code === 'blank_cell')))
  const from = Number(c.query.get('from') ?? 0)
  return { columns: [], rows: all.slice(from, from + Number(c.query.get('limit') ?? 100)), total: all.length }
})
on('POST', '/imports/([\\w-]+)/commit', (c) => {
  const j = job_of(c)
  if (c.body.digest !== `d${j.turn}`) return fail(409, 'digest_changed', '文件在别处改过了。', 'The import changed elsewhere.')
  const rows = j.rows
  const taken = rows.filter((r) => r.state === 'ready').length + c.body.take_doubles.length
  j.committed = { taken, left_out: rows.length - taken, doubles: c.body.take_doubles.length }
  return j.committed
})
on('GET', '/health', () => ({ status: 'ok', version: 'mock' }), true)

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.json': 'application/json' }
function file_of(path) {
  const full = join(dist, normalize(path))
  return full.startsWith(dist) && existsSync(full) && statSync(full).isFile() ? full : join(dist, 'index.html')
}
const csp = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; script-src 'self'; connect-src 'self'; frame-ancestors 'none'"

createServer(async (request, response) => {
  const url = new URL(request.url, 'http://mock')
  if (!url.pathname.startsWith('/api/v1')) {
    const file = file_of(url.pathname)
    response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream', 'Content-Security-Policy': csp })
    createReadStream(file).pipe(response)
    return
  }
  const path = url.pathname.slice('/api/v1'.length)
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const raw = Buffer.concat(chunks)
  const lang = (request.headers['accept-language'] ?? 'zh').startsWith('en') ? 'en' : 'zh'
  const session_id = /agate_session=(\w+)/.exec(request.headers.cookie ?? '')?.[1]
  const session = sessions.get(session_id)
  const headers = { 'Content-Type': 'application/json' }
  const send = (status, body) => { response.writeHead(status, headers); response.end(body === null || body === undefined ? '' : JSON.stringify(body)) }
  if (slow) await new Promise((r) => setTimeout(r, slow))
  if (path.endsWith('.pdf') || path.endsWith('.xlsx') || path.endsWith('.csv')) {
    response.writeHead(200, { 'Content-Type': path.endsWith('.pdf') ? 'application/pdf' : 'application/octet-stream', 'Content-Disposition': 'attachment; filename="agate"' })
    return response.end(path.endsWith('.pdf') ? '%PDF-1.4\n%%EOF' : '学号,姓名,位置和原因\n')
  }
  const route = routes.find((r) => r.method === request.method && r.pattern.test(path))
  let answer = missing()
  if (route && !route.open && !session?.ready) answer = fail(401, 'signed_out', '登录已过期。', 'The session is over.')
  else if (route && request.method !== 'GET' && !route.open && request.headers['x-agate-csrf'] !== 'x') answer = fail(403, 'csrf', '请求来历不明。', 'Unknown origin.')
  else if (route) {
    const is_json = (request.headers['content-type'] ?? '').includes('json')
    answer = route.work({ body: is_json && raw.length ? JSON.parse(raw) : {}, raw, query: url.searchParams, args: route.pattern.exec(path).slice(1), lang, en: lang === 'en', session, session_id, set_cookie: (id) => { headers['Set-Cookie'] = `agate_session=${id}; HttpOnly; SameSite=Strict; Path=/` } })
  }
  if (answer?.fail) return send(answer.status, { code: answer.code, message: lang === 'en' ? answer.en : answer.zh, mend: answer.mend, reference: `AG-${answer.status}-7F2C` })
  send(request.method === 'POST' && /^\/(evidence|imports)/.test(path) ? 201 : 200, answer)
}).listen(port, '127.0.0.1', () => console.log(`mock on http://127.0.0.1:${port}, password ${password}`))
