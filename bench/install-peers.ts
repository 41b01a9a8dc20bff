import { BENCH_PACKAGES, install } from '@/e2e/lab/prerequisites'

install(BENCH_PACKAGES)
