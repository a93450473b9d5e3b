import { createHash } from 'node:crypto';

/** The name of a script, as EVALSHA wants it. @param script latin1 */
export const sha1 = (script: string): string => createHash('sha1').update(Buffer.from(script, 'latin1')).digest('hex');
