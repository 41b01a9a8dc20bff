import { describe, expect, it } from 'vitest'
import { schemaOf } from './schema'

const common = ['Version', 'Job', 'JobMedia', 'Media', 'Pool', 'Client', 'FileSet', 'File', 'Path', 'Log']
const old = [...common, 'Filename']

describe('schemaOf', () => {
  it.each([
    [10, old, 'Bacula 2.x', 'unproved'],
    [11, old, 'Bacula 3.0', 'published files only'],
    [12, old, 'Bacula 5.0', 'published files only'],
    [14, old, 'Bacula 5.2 to 7.0', 'published files only'],
    [15, old, 'Bacula 7.2 to 7.4', 'published files only'],
    [16, old, 'Bacula 9.0 to 9.6', 'live-tested'],
    [1017, common, 'Bacula 11.0', 'published files only'],
    [1022, common, 'Bacula 11.0', 'published files only'],
    [1024, common, 'Bacula 13.0', 'published files only'],
    [1026, common, 'Bacula 15.0', 'live-tested'],
    [1027, common, 'Bacula, schema 1027, newer than 15.0', 'unproved'],
    [17, old, 'Bacula, schema 17', 'unproved'],
  ])('reads version %i', (versionId, tables, name, mark) => {
    const schema = { product: 'bacula', name, versionId, mark }
    expect(schemaOf({ versionId, tables })).toEqual({ known: true, schema })
  })

  it.each([
    [2210, [...common, 'Quota', 'NDMPLevelMap'], 'Bareos 21.0', false],
    [2171, [...old, 'Quota'], 'Bareos 17.1', true],
    [2004, old, 'Bareos, schema 2004', true],
    // A number that is also one of Bacula's: the tables tell.
    [1026, [...common, 'quota', 'ndmplevelmap'], 'Bareos, schema 1026', false],
  ])('tells Bareos from Bacula: %i', (versionId, tables, name) => {
    const schema = { product: 'bareos', name, versionId, mark: 'unproved' }
    expect(schemaOf({ versionId, tables })).toEqual({ known: true, schema })
  })

  it('reads the lower-case names of PostgreSQL', () => {
    const found = schemaOf({ versionId: 16, tables: old.map((name) => name.toLowerCase()) })
    expect(found).toMatchObject({ known: true, schema: { versionId: 16 } })
  })

  it.each([
    [{ versionId: null, tables: old }, 'The table Version is empty, so the catalog does not say what it is.'],
    [{ versionId: 16, tables: [] }, 'None of the tables of a Bacula catalog is here.'],
    [
      { versionId: 16, tables: ['wp_posts', 'version'] },
      /^Tables of a Bacula catalog are missing here: job, jobmedia,/,
    ],
  ])('says why it is no catalog', (found, because) => {
    expect(schemaOf(found)).toEqual({ known: false, because: expect.stringMatching(because) })
  })
})
