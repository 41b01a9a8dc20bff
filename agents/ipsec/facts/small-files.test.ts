import { expect, it } from 'vitest'
import { parseListing, smallFiles } from './small-files'
import { withoutKeys } from './without-keys'

// coreutils 9.1 and busybox 1.35, both in the locale C.
const listing = `/etc/netplan:
total 4
-rw------- 1 root root 60 Nov 27 17:00 60-x.yaml

/etc/swanctl/conf.d:
total 12
-rwsr-x--T+ 1 admin  staff  1234 Nov  2  2025 a name.conf
lrwxrwxrwx 1 root root 12 Nov 27 17:00 link.conf -> ../other
crw-r----- 1 root root 10, 200 Nov 27 17:00 tun
-rw-r--r--    1 root     root            5 Nov  7 12:00 busybox.conf
`

it('tells folders, modes and owners', () => {
  const folders = parseListing(listing)
  expect([...folders.keys()]).toEqual(['/etc/netplan', '/etc/swanctl/conf.d'])
  expect(Object.fromEntries(folders.get('/etc/swanctl/conf.d') ?? [])).toEqual({
    'a name.conf': { type: 'file', mode: '5750', owner: 'admin', group: 'staff' },
    'link.conf': { type: 'link', mode: '0777', owner: 'root', group: 'root' },
    tun: { type: 'other', mode: '0640', owner: 'root', group: 'root' },
    'busybox.conf': { type: 'file', mode: '0644', owner: 'root', group: 'root' },
  })
})

it('keeps bytes as they are, and leaves unread what it could not put back', () => {
  const files = smallFiles(
    new Map([
      ['/etc/netplan/60-x.yaml', 'é\n'],
      ['/etc/netplan/gone.yaml', 'x'],
      ['/etc/swanctl/conf.d/busybox.conf', 'x'.repeat(4096)],
      ['/etc/swanctl/conf.d/a name.conf', '\uFFFD'],
    ]),
    parseListing(listing),
  )
  expect(files['/etc/netplan/60-x.yaml']).toEqual({
    state: 'there',
    type: 'file',
    mode: '0600',
    owner: 'root',
    group: 'root',
    bytes: '\u00c3\u00a9\n',
  })
  const unread = Object.values(files).map((file) => (file.state === 'unread' ? file.why : file.state))
  expect(unread).toEqual([
    'there',
    'its mode and owner were not told',
    'it is longer than 4096 bytes',
    'it is no UTF-8 text',
  ])
})

const there = (bytes: string) =>
  ({ state: 'there', type: 'file', mode: '0644', owner: 'root', group: 'root', bytes }) as const

it.each([
  ['secrets { ike-a { secret = "s3cret" } }'],
  ['secrets {\n  private-me {\n    secret=s3cret\n  }\n}'],
  ['[WireGuard]\nPrivateKey=s3cret'],
  ['iface wlan0 inet dhcp\n  wpa-psk s3cret'],
  ['    password: s3cret'],
  ['192.0.2.1 : PSK "s3cret"'],
  ['add 192.0.2.1 192.0.2.2 esp 0x201 -E 3des-cbc 0x7aeaca3f87d060a12f4a4487d5a5c3355920fae69a96c831;'],
  ['-----BEGIN RSA PRIVATE KEY-----\ns3cret'],
])('keeps nothing of a file with a secret: %s', (bytes) => {
  expect(withoutKeys({ '/etc/x': there(bytes) })).toEqual({
    '/etc/x': { state: 'unread', why: 'it holds a key or a password' },
  })
})

it.each([
  ['# secrets {\n#   secret = x\n# }\ninclude conf.d/*.conf\n'],
  ['-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----\n'],
  ['connections { a { local { auth = pubkey\n pubkeys = me.pem } } }'],
  ['-A INPUT -m comment --comment "x" -j ACCEPT\n'],
  ['conn a\n  authby=secret\n'],
])('keeps a file without one: %s', (bytes) => {
  expect(withoutKeys({ '/etc/x': there(bytes) })).toEqual({ '/etc/x': there(bytes) })
})
