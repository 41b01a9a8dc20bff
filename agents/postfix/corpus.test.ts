import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { listCommentedServices } from './commented-services'
import { commentOut, uncomment } from './edit-master'
import { renamed, withOption, withoutOption } from './edit-service'
import { listParameters, parseMainCf, printMainCf, removeParameter, setParameter } from './main-cf'
import { mainProblems } from './main-problems'
import { listServices, parseMasterCf, printMasterCf } from './master-cf'
import { masterProblems } from './master-problems'

// Files in the forms that Postfix's manuals show; the comment at each one's top says which.
const folder = new URL('corpus/', import.meta.url)
const files = readdirSync(folder).map((name) => ({ name, bytes: readFileSync(new URL(name, folder), 'latin1') }))
const mains = files.filter(({ name }) => name.endsWith('.main.cf'))
const masters = files.filter(({ name }) => name.endsWith('.master.cf'))
const withCarriageReturns = (bytes: string) => bytes.replaceAll('\n', '\r\n')

it('is whole', () => {
  expect(mains.length + masters.length).toBe(files.length)
  expect(files.length).toBeGreaterThanOrEqual(20)
})

describe.each(mains)('$name', ({ bytes }) => {
  it.each([bytes, withCarriageReturns(bytes), bytes.trimEnd()])('is printed as it was parsed', (text) => {
    expect(printMainCf(parseMainCf(text))).toBe(text)
    expect(mainProblems(parseMainCf(text))).toEqual([])
    expect(listParameters(parseMainCf(text)).length).toBeGreaterThan(1)
  })

  it('takes each parameter out and in without touching another', () => {
    const doc = parseMainCf(bytes)
    for (const { name } of listParameters(doc)) {
      const others = listParameters(doc).filter((other) => other.name !== name)
      const values = (edited: typeof doc) => listParameters(edited).map((each) => `${each.name}=${each.value}`)
      const gone = removeParameter(doc, name)
      expect(values(gone)).toEqual(others.map((each) => `${each.name}=${each.value}`))
      expect(values(setParameter(gone, name, 'x'))).toEqual([...values(gone), `${name}=x`])
    }
  })
})

describe.each(masters)('$name', ({ bytes }) => {
  const doc = parseMasterCf(bytes)

  it.each([bytes, withCarriageReturns(bytes), bytes.trimEnd()])('is printed as it was parsed', (text) => {
    expect(printMasterCf(parseMasterCf(text))).toBe(text)
    expect(masterProblems(parseMasterCf(text))).toEqual([])
    expect(listServices(parseMasterCf(text)).length).toBeGreaterThan(0)
  })

  it('has each service made a comment and back', () => {
    for (const { line, key, textLines } of listServices(doc)) {
      const off = commentOut(doc, line)
      expect(listServices(off)).toHaveLength(listServices(doc).length - 1)
      expect(listCommentedServices(off).find(({ service }) => service.line === line)?.service.key).toBe(key)
      expect(printMasterCf(uncomment(off, textLines))).toBe(bytes)
    }
  })

  it('has each comment that is a service made one', () => {
    for (const { lines, service } of listCommentedServices(doc)) {
      const on = uncomment(doc, lines)
      expect(listServices(on).find(({ line }) => line === lines[0])).toEqual(service)
      expect(printMasterCf(commentOut(on, service.line))).toBe(bytes)
    }
  })

  it('has each service renamed and given an option, and back', () => {
    for (const service of listServices(doc)) {
      const other = listServices(parseMasterCf(renamed(service, 'other:25')))[0] ?? service
      expect(renamed(other, service.name)).toBe(service.raw)
      const [more] = listServices(parseMasterCf(withOption(service, 'x_y', 'a b', { allowBraces: true })))
      expect(more?.options).toEqual([...service.options, { name: 'x_y', value: 'a b' }])
      expect(more && withoutOption(more, 'x_y')).toBe(service.raw)
    }
  })
})

it('knows the services of a stock file that are comments', () => {
  const { bytes = '' } = masters.find(({ name }) => name.startsWith('debian-like')) ?? {}
  const found = listCommentedServices(parseMasterCf(bytes))
  expect(found.map(({ service }) => `${service.key} ${service.options.length}`)).toEqual([
    'smtp/inet 0',
    'smtpd/pass 0',
    'dnsblog/unix 0',
    'tlsproxy/unix 0',
    '127.0.0.1:submission/inet 0',
    'submission/inet 5',
    '628/inet 0',
    'qmgr/unix 0',
  ])
})
