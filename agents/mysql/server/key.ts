import { z } from 'zod'

/** A server's name in a wish: its data directory, or what stands for it (`MysqlServer.key`). */
export const serverKey = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[^\0\r\n]*$/, 'Expected the name of a server, got several lines.')
