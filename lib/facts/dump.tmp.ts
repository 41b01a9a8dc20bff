import { defineProbe } from '@/lib/agent'
import { buildFactsScript } from './script'
const h = (id: string) => defineProbe({id,timeoutS:1,readings:{d:{kind:'command',argv:['timedatectl']}},parse:()=>({state:'read',value:1})})
process.stdout.write(buildFactsScript([h('a'),h('b'),h('c')],'0123456789abcdef0123456789abcdef','/tmp/hb:/usr/bin:/bin:/usr/sbin'))
