import { describe, expect, it } from 'vitest'
import { hideInLines, hideInPersisted, hideInWords, maskVariable } from './without-secrets'

describe('an option file that is kept', () => {
  it.each([
    ['password=hidden', 'password=****'],
    ['password = "hidden # not a comment"', 'password = ****'],
    ['  report-password\t=\thidden\r', '  report-password\t=\t****\r'],
    ['# password = hidden', '# password = ****'],
    [';master_password=hidden', ';master_password=****'],
    ['pass=hidden', 'pass=****'],
    ['aws_secret_access_key = hidden', 'aws_secret_access_key = ****'],
    ['hashicorp-key-management-token=hidden', 'hashicorp-key-management-token=****'],
    ['loose-validate_password=hidden', 'loose-validate_password=****'],
    ['wsrep_sst_auth = sst:hidden', 'wsrep_sst_auth = ****'],
    ['loose_file_key_management_filekey = hidden', 'loose_file_key_management_filekey = ****'],
    [
      'wsrep_provider_options="gcache.size=8M; socket.ssl_password=hidden; pc.weight=1"',
      'wsrep_provider_options="gcache.size=8M; socket.ssl_password=****; pc.weight=1"',
    ],
    [
      'ExecStart=/usr/sbin/mysqld --report-password=hidden --port=1',
      'ExecStart=/usr/sbin/mysqld --report-password=**** --port=1',
    ],
    ['Environment="MYSQL_ROOT_PASSWORD=hidden"', 'Environment="MYSQL_ROOT_PASSWORD=****"'],
  ])('%s', (line, kept) => expect(hideInLines(line)).toBe(kept))

  it.each([
    '[mysqld]',
    'password',
    'password =',
    'user = mysql',
    'innodb_ft_min_token_size=2',
    '# see the manual on passwords',
    '!includedir /etc/mysql/conf.d/',
    'max_connection = 10',
    '\xe9\xff binary',
  ])('leaves as it is: %s', (line) => expect(hideInLines(line)).toBe(line))

  it('has all its other lines, byte for byte', () => {
    const bytes = '[client]\r\npassword=hidden\r\n\r\n[mysqld]\nkey_buffer_size = 16k\n'
    expect(hideInLines(bytes)).toBe('[client]\r\npassword=****\r\n\r\n[mysqld]\nkey_buffer_size = 16k\n')
  })
})

it('mysqld-auto.cnf shows no password and stays JSON', () => {
  const bytes =
    '{"Version": 2, "mysql_dynamic_variables": {"sort_buffer_size": {"Value": "300000", "Metadata": {"User": "root"}}, "report_password": {"Value": "hid\\"den", "Metadata": {"User": "root"}}}}'
  const kept = hideInPersisted(bytes)
  expect(kept).not.toContain('den"')
  expect(JSON.parse(kept).mysql_dynamic_variables).toMatchObject({
    sort_buffer_size: { Value: '300000' },
    report_password: { Value: '****', Metadata: { User: 'root' } },
  })
  expect(hideInPersisted('{ "mysql_server": {"report_password": "hidden" } }')).not.toContain('hidden')
})

it('a variable of the server shows none', () => {
  expect(maskVariable('report_password', 'hidden')).toBe('****')
  expect(maskVariable('report_password', '')).toBe('')
  expect(maskVariable('wsrep_provider_options', 'a = 1; socket.ssl_password = hidden; b = 2')).toBe(
    'a = 1; socket.ssl_password = ****; b = 2',
  )
  expect(maskVariable('sort_buffer_size', '262144')).toBe('262144')
})

it('takes no long over a long line', () => {
  const line = `${'password'.repeat(20_000)} `
  expect(hideInWords(line)).toBe(line)
})
