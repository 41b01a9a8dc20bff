import { describe, expect, it } from 'vitest'
import { catalogsOf } from './catalog-resource'
import { type ConfigBlock, ConfigError, parseConfig } from './parse-config'

function catalog(text: string) {
  return catalogsOf(parseConfig(text))[0]
}

function valuesOf(block: ConfigBlock | undefined): [string, string][] {
  return (block?.directives ?? []).map(({ name, value }) => [name, value])
}

describe('parseConfig', () => {
  it('takes names without regard to case and blanks, and ends a value at ; or the line', () => {
    const text = 'CATALOG\n{ Name = MyCatalog; D B  NAME = "bacula"\n dbUser=bacula;DB Port=3307 }'
    expect(catalog(text)).toMatchObject({ name: 'MyCatalog', database: 'bacula', user: 'bacula', port: 3307 })
  })

  it('takes what is quoted as it stands: signs, comments, escapes', () => {
    const password = String.raw`a;b}#c\"d\\e = {f`
    expect(catalog(`Catalog { Name = x; dbpassword = "${password}" # the end }\n}`)?.password).toBe('a;b}#c"d\\e = {f')
  })

  it('passes comments wherever blanks may stand', () => {
    expect(catalog('# Catalog { Name = no }\nCatalog # here\n# and here\n{ # Name = no\nName = yes#no\n}')?.name).toBe(
      'yes',
    )
  })

  it('does not take a Catalog within a text or within another resource for one', () => {
    const text = 'Messages { Mail = "Catalog { dbname = no }"; Catalog = all }\nClient { Catalog { dbname = no } }'
    expect(catalogsOf(parseConfig(text))).toEqual([])
  })

  it('reads plain values as the director does: blanks count only after a sign that is no letter', () => {
    expect(
      valuesOf(parseConfig('Job { Name = My Job\nWhere = /a b\nRun = Level=Full 1st sun at 22:05\n}').blocks[0]),
    ).toEqual([
      ['name', 'MyJob'],
      ['where', '/a'],
      ['run', 'Level'],
    ])
  })

  it('keeps to the braces of its own, whatever stands behind a value', () => {
    const { blocks } = parseConfig(
      'FileSet { Include { Options { WildFile = *.{a,b}; Exclude = yes } File = "/}" } }\nJob { Name = x }',
    )
    expect(blocks.map(({ type }) => type)).toEqual(['fileset', 'job'])
    expect(valuesOf(blocks[0]?.blocks[0]?.blocks[0])).toEqual([
      ['wildfile', '*.'],
      ['exclude', 'yes'],
    ])
  })

  it('names what is brought in from elsewhere, and takes no address for it', () => {
    const { includes, blocks } = parseConfig('@/etc/bacula/more.conf\n@|"sh -c ls"\nMessages { Mail = root@localhost }')
    expect(includes).toEqual([
      { text: '@/etc/bacula/more.conf', line: 1 },
      { text: '@|"sh -c ls"', line: 2 },
    ])
    expect(valuesOf(blocks[0])).toEqual([['mail', 'root@localhost']])
  })

  it.each(['Catalog { Name = x\ndbpassword = @/etc/secret\n}', 'Catalog { Name = x\n@/etc/secret\n}'])(
    'refuses a Catalog of which a part stands elsewhere: %j',
    (text) => {
      expect(() => catalog(text)).toThrow(
        'A part of the Catalog stands in @/etc/secret (line 2), which Pollux does not follow.',
      )
    },
  )

  it.each([
    ['Catalog {\nName = "x\n}', 'The quote of line 2 is never closed.'],
    ['\nCatalog {\nName = x', 'The { of line 2 is never closed.'],
    ['Catalog { }\n}', 'Line 2 closes a } that was never opened.'],
  ])('says what is open in %j', (text, sentence) => {
    expect(() => parseConfig(text)).toThrow(new ConfigError(sentence))
  })

  it('takes Bareos’ and older names, the last of several, and no port that is none', () => {
    const text =
      'Catalog { name=x; user = old; dbuser = new; Address = db.example.org; Password = p; DbPort = 0; DbDriver = "postgresql" }'
    expect(catalog(text)).toEqual({
      ...{
        name: 'x',
        database: null,
        user: 'new',
        password: 'p',
        address: 'db.example.org',
        port: null,
        driver: 'postgresql',
      },
    })
  })

  it('comes to an end with any text', () => {
    for (const text of [
      '',
      '{',
      '=',
      '"',
      '@',
      '#',
      'a',
      'a =',
      'a = {',
      '}',
      '\0',
      ';;;',
      'a "b" = c',
      '= = =',
      ',,',
      'a = ,',
    ])
      try {
        parseConfig(text)
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigError)
      }
  })
})
