import { describe, expect, it } from 'vitest'
import { withListeners } from './listeners'
import { parseMasterCf, printMasterCf } from './master-cf'
import { withGreeter, withOwnCaches } from './postscreen'

const every = 'smtp inet n - y - 1 postscreen\nsmtpd pass - - y - - smtpd\n'
const listen = (bytes: string, addresses: string[] | null, cache: string | null = null) =>
  withOwnCaches(withListeners(parseMasterCf(bytes), '25', addresses), cache)
const wish = { listeners: [{ port: '25', addresses: null }], helo: 'mail.example.org' }

describe('several postscreens', () => {
  const two = `#smtp inet n - y - 1 postscreen
203.0.113.40:smtp inet n - y - 1 postscreen
127.0.0.1:smtp inet n - y - 1 postscreen
  -o postscreen_cache_map=btree:$data_directory/postscreen_cache_127-0-0-1_smtp
smtpd pass - - y - - smtpd
`

  it('have a cache each, since a table in a file has one lock', () => {
    const doc = listen(every, ['203.0.113.40', '127.0.0.1'])
    expect(printMasterCf(doc)).toBe(two)
    expect(withOwnCaches(doc, null)).toEqual(doc)
    expect(printMasterCf(listen(two, null))).toBe(every)
  })

  it('copy no cache along with a line', () => {
    const caches = printMasterCf(listen(two, ['127.0.0.1', '203.0.113.41', '203.0.113.42'])).match(/cache_.*_smtp/g)
    expect(new Set(caches).size).toBe(caches?.length)
    expect(caches).toHaveLength(2)
  })

  it.each(['proxy:btree:$data_directory/x', 'memcache:/etc/postfix/x'])('share what can be shared: %s', (cache) => {
    expect(printMasterCf(listen(every, ['203.0.113.40', '127.0.0.1'], cache))).not.toContain('-o')
  })
})

describe('a postscreen with a name of its own', () => {
  const named = every.replace('postscreen\n', 'postscreen\n  -o myhostname=mail.example.org\n')

  it('hands over to an smtpd with that name, which goes with it', () => {
    const doc = withGreeter(parseMasterCf(named), wish)
    expect(printMasterCf(doc)).toBe(`smtp inet n - y - 1 postscreen
  -o myhostname=mail.example.org
  -o smtpd_service_name=pollux-greeter
smtpd pass - - y - - smtpd
pollux-greeter pass - - y - - smtpd
  -o myhostname=mail.example.org
`)
    expect(withGreeter(doc, wish)).toEqual(doc)
    const without = parseMasterCf(printMasterCf(doc).replace('\n  -o myhostname=mail.example.org', ''))
    expect(printMasterCf(withGreeter(without, { ...wish, helo: null }))).toBe(every)
  })

  it('keeps the smtpd that somebody else chose', () => {
    const chosen = named.replace('  -o my', '  -o smtpd_service_name=other\n  -o my')
    expect(printMasterCf(withGreeter(parseMasterCf(chosen), wish))).toBe(chosen)
  })

  it('stays as it is where port 25 was not asked for', () => {
    const doc = withGreeter(parseMasterCf(named), wish)
    expect(withGreeter(doc, { ...wish, listeners: [], helo: null })).toBe(doc)
  })
})
