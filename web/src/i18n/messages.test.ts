// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { en } from './en'
import { zh } from './zh'

function flat(tree: object, path = ''): Map<string, string> {
  const out = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    const here = path ? `${path}.${key}` : key
    if (typeof value === 'string') out.set(here, value)
    else for (const [k, v] of flat(value as object, here)) out.set(k, v)
  }
  return out
}
const names = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]))].sort()
const all_zh = flat(zh)
const all_en = flat(en)

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? sources(join(folder, entry.name)) : /\.(vue|ts)$/.test(entry.name) && !/test\.ts$/.test(entry.name) ? [join(folder, entry.name)] : [],
  )
}

describe('messages', () => {
  it('have the same keys in both languages', () => {
    expect([...all_en.keys()].sort()).toEqual([...all_zh.keys()].sort())
  })

  it('name the same values', () => {
    for (const [key, text] of all_zh) expect(names(all_en.get(key) ?? ''), key).toEqual(names(text))
  })

  it('are calm: no exclamation marks, no pressing, no system words', () => {
    for (const [key, text] of [...all_zh, ...all_en]) expect(text, key).not.toMatch(/[!\uff01]|请务必|提交失败|记录集|操作成功/)
  })

  it('use Chinese punctuation in Chinese and none of it in English', () => {
    for (const [key, text] of all_zh) expect(text, key).not.toMatch(/[\u4e00-\u9fff][,:;?]|[,:;?][\u4e00-\u9fff]/)
    for (const [key, text] of all_en) expect(text, key).not.toMatch(/[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/)
  })

  it('are all used, and every used one is there', () => {
    const code = sources(join(__dirname, '..')).filter((file) => !/i18n\/(zh|en)\.ts$/.test(file)).map((file) => readFileSync(file, 'utf8')).join('\n')
    const used = [...code.matchAll(/\bt\(\s*'([a-z_0-9.]+)'/g)].map((m) => m[1] as string)
    for (const key of used) expect(all_zh.has(key), key).toBe(true)
    const dynamic = [...code.matchAll(/`([a-z_]+(?:\.[a-z_]+)*[._])\$\{/g)].map((m) => m[1] as string)
    const literals = new Set([...code.matchAll(/'([a-z_0-9]+(?:\.[a-z_0-9]+)+)'/g)].map((m) => m[1]))
    for (const key of all_zh.keys()) {
      expect(literals.has(key) || dynamic.some((start) => key.startsWith(start)), `${key} is used nowhere`).toBe(true)
    }
  })
})
