import { bytesOfId } from './bytes.ts';
import type { Command } from './command-text.ts';
import type { KeyConnection } from './key-connection.ts';
import type { KeySpace } from './key-space.ts';

/**
 * The types of keys, asked from each server in one piece; TYPE is no access. Empty for one whose server sends it elsewhere
 * or refuses, `none` for one that is gone. Rejects with a `NoAnswerError`.
 */
export async function typesOf(space: KeySpace, ids: readonly string[]): Promise<Map<string, string>> {
  const homes = new Map<KeyConnection, string[]>();
  for (const id of ids) {
    const home = await space.home(id);
    homes.set(home, [...(homes.get(home) ?? []), id]);
  }
  const types = new Map<string, string>();
  for (const [home, theirs] of homes) {
    const replies = await home.ask(theirs.map((id): Command => ['TYPE', bytesOfId(id)]));
    theirs.forEach((id, at) => {
      const reply = replies[at];
      types.set(id, reply?.kind === 'simple' ? reply.text : '');
    });
  }
  return types;
}
