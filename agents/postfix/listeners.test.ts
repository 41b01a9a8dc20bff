import { describe, expect, it } from 'vitest'
import { addressesOf, portsOf, withListeners } from './listeners'
import { parseMasterCf, printMasterCf } from './master-cf'

const listen = (bytes: string, port: string, wanted: readonly string[] | null) =>
  printMasterCf(withListeners(parseMasterCf(bytes), port, wanted))
const ports = (bytes: string) => portsOf(parseMasterCf(bytes)).map((port) => [port.port, addressesOf(port)])

const columns = 'inet n - y - - smtpd\n'
const smtp = `smtp ${columns}`
const tail = 'smtp unix - - y - - smtp\n'

describe('the ports of a file', () => {
  it('have their addresses, whatever they are called', () => {
    expect(
      ports(
        `${smtp}submission ${columns}[::1]:587 ${columns}127.0.0.1:smtps ${columns}[192.0.2.1]:0465 ${columns}amqp ${columns}`,
      ),
    ).toEqual([
      ['25', null],
      ['587', null],
      ['465', ['127.0.0.1', '192.0.2.1']],
      ['amqp', null],
    ])
  })

  it('are those of the last of two lines for one socket', () => {
    const [port] = portsOf(parseMasterCf(`${smtp}25 inet n - n - 7 smtpd\n`))
    expect(port?.services.map(({ maxproc }) => maxproc)).toEqual(['7'])
  })

  it('are none of other types, nor of what cannot be split', () => {
    expect(ports(`${tail}smtpd pass - - y - - smtpd\n2001:db8::25 ${columns}`)).toEqual([])
  })
})

describe('a port on addresses', () => {
  it.each<[string, string, readonly string[] | null, string]>([
    [
      'takes them from the line for all',
      `${smtp}# c\n${tail}`,
      ['192.0.2.1', '::1'],
      `#${smtp}192.0.2.1:${smtp}[::1]:${smtp}# c\n${tail}`,
    ],
    ['keeps the word for its port', `25 ${columns}`, ['192.0.2.1'], `#25 ${columns}192.0.2.1:25 ${columns}`],
    [
      'takes options along, and no comment',
      `${smtp}# c\n  -o a=b\n${tail}`,
      ['192.0.2.1'],
      `#${smtp}# c\n#  -o a=b\n192.0.2.1:${smtp}  -o a=b\n${tail}`,
    ],
    [
      'adds one beside those that stay',
      `192.0.2.1:${smtp}`,
      ['192.0.2.1', '192.0.2.2'],
      `192.0.2.1:${smtp}192.0.2.2:${smtp}`,
    ],
    ['takes one away', `192.0.2.1:${smtp}192.0.2.2:${smtp}`, ['192.0.2.2'], `192.0.2.2:${smtp}`],
    ['changes one for another', `192.0.2.1:${smtp}${tail}`, ['192.0.2.2'], `192.0.2.2:${smtp}${tail}`],
    [
      'comes from what is met from outside',
      `127.0.0.1:${smtp}  -o lo=1\n192.0.2.1:${smtp}`,
      ['127.0.0.1', '192.0.2.1', '192.0.2.2'],
      `127.0.0.1:${smtp}  -o lo=1\n192.0.2.1:${smtp}192.0.2.2:${smtp}`,
    ],
    ['knows an address in another spelling', `[2001:DB8:0::1]:${smtp}`, ['2001:db8::1'], `[2001:DB8:0::1]:${smtp}`],
    ['takes localhost for loopback', `localhost:${smtp}`, ['127.0.0.1'], `localhost:${smtp}`],
    ['lets localhost go', `localhost:${smtp}`, ['192.0.2.1'], `192.0.2.1:${smtp}`],
    [
      'leaves no line for all behind, however many',
      `${smtp}25 inet n - n - 7 smtpd\n`,
      ['192.0.2.1'],
      `#${smtp}#25 inet n - n - 7 smtpd\n192.0.2.1:25 inet n - n - 7 smtpd\n`,
    ],
    [
      'leaves no second line of one address',
      `192.0.2.1:${smtp}192.0.2.1:25 inet n - n - 7 smtpd\n`,
      ['192.0.2.2'],
      '192.0.2.2:25 inet n - n - 7 smtpd\n',
    ],
    ['drops the line for all beside others', `${smtp}192.0.2.1:${smtp}`, ['192.0.2.1'], `#${smtp}192.0.2.1:${smtp}`],
    ['has an end where the file has none', smtp.trim(), ['192.0.2.1'], `#${smtp}192.0.2.1:${smtp.trim()}\n`],
    [
      'keeps other line ends',
      smtp.replace('\n', '\r\n'),
      ['192.0.2.1'],
      `#${smtp}192.0.2.1:${smtp}`.replaceAll('\n', '\r\n'),
    ],
    [
      'takes postscreen along and leaves smtpd',
      `smtp inet n - y - 1 postscreen\nsmtpd pass - - y - - smtpd\n`,
      ['192.0.2.1'],
      `#smtp inet n - y - 1 postscreen\n192.0.2.1:smtp inet n - y - 1 postscreen\nsmtpd pass - - y - - smtpd\n`,
    ],
  ])('%s', (_, before, wanted, after) => {
    expect(listen(before, '25', wanted)).toBe(after)
    expect(listen(after, '25', wanted)).toBe(after)
  })

  it('greets at loopback as the host does, but as every address did', () => {
    const own = `192.0.2.1:${smtp}  -o myhostname=a.example\n`
    expect(listen(own, '25', ['192.0.2.1', '127.0.0.1'])).toBe(`${own}127.0.0.1:${smtp}`)
    expect(listen(`${smtp}  -o myhostname=a.example\n`, '25', ['127.0.0.1'])).toContain(
      `\n127.0.0.1:${smtp}  -o myhostname=a.example\n`,
    )
  })

  it.each([
    ['a port that is not there', smtp, '587', 'Nothing in master.cf listens on port 587 now.'],
    ['a name before the port', `# c\nmx.example.org:${smtp}`, '25', 'Line 2 of master.cf listens on mx.example.org'],
  ])('refuses %s', (_, bytes, port, words) => expect(() => listen(bytes, port, ['192.0.2.1'])).toThrow(words))
})

describe('a port on every address', () => {
  it.each<[string, string, string]>([
    ['is left alone where it is', `${smtp}${tail}`, `${smtp}${tail}`],
    ['takes up the comment of its line', `#${smtp}192.0.2.1:${smtp}127.0.0.1:${smtp}${tail}`, `${smtp}${tail}`],
    [
      'with options that are indented each in its way',
      `#${smtp}#  -o a=b\n#\t-o c=d\n192.0.2.1:${smtp}  -o a=b\n\t-o c=d\n`,
      `${smtp}  -o a=b\n\t-o c=d\n`,
    ],
    [
      'without what was a comment before',
      `#${smtp}#  -o a=b\n#  -o c=d\n192.0.2.1:${smtp}  -o c=d\n`,
      `${smtp}#  -o a=b\n  -o c=d\n`,
    ],
    [
      'and comments behind its lines stay comments',
      `#${smtp}192.0.2.1:${smtp}#  -o a=b\n${tail}`,
      `${smtp}#  -o a=b\n${tail}`,
    ],
    ['whose own line greets by a name', `#${smtp}192.0.2.1:${smtp}  -o myhostname=a.example\n`, smtp],
    [
      'takes the one of the same program',
      `#smtp inet n - y - 1 postscreen\n#smtp inet n - n - - smtpd\n192.0.2.1:${smtp}`,
      `#smtp inet n - y - 1 postscreen\nsmtp inet n - n - - smtpd\n`,
    ],
    [
      'takes the nearest before its lines',
      `#${smtp}${tail}#smtp  inet n - y - 9 smtpd\n192.0.2.1:${smtp.replace('y - -', 'y - 9')}`,
      `#${smtp}${tail}smtp  inet n - y - 9 smtpd\n`,
    ],
    [
      'makes one of its lines where there is no comment',
      `127.0.0.1:${smtp}192.0.2.1:${smtp}  -o a=b\n${tail}`,
      `${smtp}  -o a=b\n${tail}`,
    ],
    ['keeps one that is there', `${smtp}192.0.2.1:${smtp}`, smtp],
    ['takes away all lines of one address', `#${smtp}192.0.2.1:${smtp}192.0.2.1:25 ${columns}`, smtp],
  ])('%s', (_, before, after) => {
    expect(listen(before, '25', null)).toBe(after)
    expect(listen(after, '25', null)).toBe(after)
  })
})
