import { describe, expect, it } from 'vitest'
import { mailFacts } from './testing/facts-with'
import { hideSecrets, secretsOf, withoutSecrets } from './without-secrets'

describe('what is secret in a file', () => {
  it.each<[string, string, string[]]>([
    ['a table in the file', 'smtp_sasl_password_maps = static:user:secret\n', ['static:user:secret']],
    ['among others', 'smtp_sasl_password_maps = hash:/etc/x, static:user:secret\n', ['static:user:secret']],
    [
      'on the next line',
      'smtp_sasl_password_maps =\r\n# c\r\n  static:user:secret\r\na = b\r\n',
      ['static:user:secret'],
    ],
    [
      'a table over lines',
      'x_password_maps = inline:{\n  { [a]:587 = u:p1 },\n# c\n  { b = u:p2 } }\na = b\n',
      ['{ [a]:587 = u:p1 },', '{ b = u:p2 } }'],
    ],
    [
      'an option',
      'relay unix - - y - - smtp\n  -o smtp_sasl_password_maps=static:u:p -o a=b\n  -o c=d\n',
      ['static:u:p'],
    ],
    [
      'an option in braces',
      'relay unix - - y - - smtp -o { smtp_sasl_password_maps = static:u:p w }\n',
      ['static:u:p w }'],
    ],
    [
      'options on one line',
      's unix - - y - - smtp -o x_password_maps=static:a:1 -o y_password_maps=static:b:2\n',
      ['static:a:1', 'static:b:2'],
    ],
    ['an option behind another letter', 'relay unix - - y - - smtp -vo x_password_maps=static:u:p\n', ['static:u:p']],
    ['what is a comment now', '# smtp_sasl_password_maps = static:old:pw\n', ['static:old:pw']],
    [
      'a password of a table',
      'accounts_password = hunter2\nldap_bind_pw =\n  x y\nmysql_passwd=z1\n',
      ['hunter2', 'x y', 'z1'],
    ],
    ['one of two that is a beginning', 'a_password = abc\nb_password = abcdef\n', ['abc', 'abcdef']],
  ])('is %s', (_, bytes, secrets) => {
    expect(secretsOf(bytes)).toEqual(secrets)
    const hidden = hideSecrets({ state: 'there', type: 'file', mode: '0644', owner: 'root', group: 'root', bytes })
    const shown = hidden.state === 'there' ? hidden.bytes : ''
    for (const secret of secrets) expect(shown).not.toContain(secret)
    expect(shown).not.toMatch(/secret|hunter2|u:p|def|:pw/)
    expect(shown.split('\n')).toHaveLength(bytes.split('\n').length)
  })

  it.each([
    'smtp_sasl_password_maps = hash:/etc/postfix/sasl\n  hash:/b\na = static:x\n',
    'smtp_sasl_password_maps =\na = static:x\n',
    'virtual_alias_maps = static:x, inline:{ a = b }\n',
    'smtpd_sasl_auth_enable = yes\n',
    'relay unix - - y - - smtp -x-o y_password_maps=static:b\n',
    'x_password_maps = hash:/x\nrelay unix - - y - - smtp\n  -o a=static:b\n',
    '',
  ])('is nothing in %j', (bytes) => expect(secretsOf(bytes)).toEqual([]))
})

it.each(['-o', '-o ', '-vvo', 'a', '# ', '{', 'static:', '='])('ends soon on a long line of %j', (piece) => {
  const long = piece.repeat(300_000)
  expect(secretsOf(`${long}\n # ${long}\nx_passwords = ${long}\n`).length).toBeLessThan(3)
})

describe('the facts that are kept', () => {
  it('say no password in any file, and everything else', () => {
    const { facts } = mailFacts('a = b\nsmtp_sasl_password_maps = static:user:secret\n')
    const kept = withoutSecrets(facts)
    expect(kept.files['/etc/postfix/main.cf']).toMatchObject({
      bytes: 'a = b\nsmtp_sasl_password_maps = ****\n',
      mode: '0644',
    })
    expect({ ...kept, files: {} }).toEqual({ ...facts, files: {} })
    expect(withoutSecrets(kept)).toEqual(kept)
  })

  it('leave what could not be read as it is', () => {
    const unread = { state: 'unread', why: 'denied' } as const
    expect([hideSecrets(unread), hideSecrets({ state: 'absent' })]).toEqual([unread, { state: 'absent' }])
  })
})
