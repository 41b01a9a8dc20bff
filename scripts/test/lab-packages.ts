import { install, missing } from '@/e2e/lab/prerequisites'

// lab-packages.ts missing | install
if (process.argv[2] === 'install') install()
else for (const name of missing()) console.log(name)
