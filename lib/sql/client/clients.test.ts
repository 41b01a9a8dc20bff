import { describe, expect, it } from 'vitest'
import { parseMysqlXml } from './mysql-xml'
import { parsePsql } from './psql-output'

describe('what mysql --xml prints', () => {
  const head = (statement: string) =>
    `<?xml version="1.0"?>\n\n<resultset statement="${statement}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`

  it('is rows of cells, each as it is', () => {
    const text = `${head('SELECT CONNECTION_ID() AS pollux_id\n')}
  <row>
	<field name="pollux_id">31</field>
  </row>
</resultset>
${head('SELECT &quot;&lt;row&gt;&quot;\n')}
  <row>
	<field name="a&lt;b">&amp;lt; &lt;/row&gt; it's "x"
</field>
	<field name="b" xsi:nil="true" />
	<field name="c"></field>
  </row>

  <row>
	<field name="a&lt;b">NULL</field>
	<field name="b"> </field>
	<field name="c">\ufffd\u0001</field>
  </row>
</resultset>
${head('SELECT 1 AS none WHERE 1 = 0\n')}</resultset>
`
    expect(parseMysqlXml(text)).toEqual([
      { names: ['pollux_id'], rows: [['31']] },
      {
        names: ['a<b', 'b', 'c'],
        rows: [
          ['&lt; </row> it\'s "x"\n', null, ''],
          ['NULL', ' ', '\ufffd\u0001'],
        ],
      },
      { names: [], rows: [] },
    ])
  })

  it('is read without DTDs and entities: what is no program’s own is text', () => {
    const text = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY l "&e;&e;">]>
${head('SELECT 1')}<row><field name="a">&e;&l;&#60;</field></row></resultset>`
    expect(parseMysqlXml(text)).toEqual([{ names: ['a'], rows: [['&e;&l;&#60;']] }])
  })

  it('is nothing where a statement gave no rows', () => {
    expect(parseMysqlXml('')).toEqual([])
  })
})

describe('what psql -A prints', () => {
  const marks = { field: '<F>', row: '<R>', null: '<N>' }
  it.each([
    [
      'pollux_id<R>31\na<F>b<R><N><F>\n\n',
      [['pollux_id'], ['31']],
      [
        ['a', 'b'],
        [null, '\n'],
      ],
    ],
    ['pollux_id<R>31\na\n', [['pollux_id'], ['31']], [['a']]],
    ['pollux_id<R>31\na<R>\n', [['pollux_id'], ['31']], [['a'], ['']]],
    [
      'version<F>e<R>15.9<F>UTF8\n',
      [
        ['version', 'e'],
        ['15.9', 'UTF8'],
      ],
    ],
    ['', ...[]],
  ])('%j', (text, ...expected) => {
    expect(parsePsql(text, marks)).toEqual(expected.map(([names, ...rows]) => ({ names, rows })))
  })
})
