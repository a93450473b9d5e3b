import { type Template } from './template.ts';
import { type Dice } from '../dice.ts';

const user = (dice: Dice): string => dice.one(['alice', 'bob', 'default', 'none']);
const RULES = [
  'on',
  'off',
  '+@all',
  '-@all',
  '~*',
  '~str:*',
  '%R~list:*',
  '&*',
  '&ch:*',
  'allkeys',
  'allchannels',
  'resetkeys',
  'resetchannels',
  '+get',
  '-set',
  '+config|get',
  '+@read',
  '-@dangerous',
  '>pw',
  '<pw',
  'nopass',
  'resetpass',
  'reset',
  '(+set ~x)',
  '(+get ~str:*)',
  'clearselectors',
  '+nosuch',
  '~',
  '#abc',
  'bad',
  'sanitize-payload',
  '+select|0',
];
/** Users, and who a client is. */
export const ACCESS_TEMPLATES: Readonly<Record<string, Template>> = {
  'acl|setuser': ({ dice }) => [
    [
      'ACL',
      'SETUSER',
      dice.one(['alice', 'bob', 'bad name']),
      ...Array.from({ length: dice.below(5) }, () => dice.one(RULES)),
    ],
  ],
  'acl|deluser': ({ dice }) => [['ACL', 'DELUSER', dice.one(['alice', 'bob', 'none', 'default'])]],
  'acl|getuser': ({ dice }) => [['ACL', 'GETUSER', user(dice)]],
  'acl|dryrun': ({ dice, data }) => [['ACL', 'DRYRUN', user(dice), ...data()]],
  'acl|cat': ({ dice }) => [['ACL', 'CAT', ...dice.one([[], ['string'], ['nosuch'], ['dangerous']])]],
  'acl|log': ({ dice }) => [['ACL', 'LOG', ...dice.one([[], ['2'], ['RESET'], ['x']])]],
  auth: ({ dice }) => [
    ['AUTH', ...dice.one([['pw'], ['alice', 'pw'], ['bob', 'pw'], ['default', ''], ['a', 'b', 'c']])],
  ],
  hello: ({ dice }) => [
    [
      'HELLO',
      ...dice.one([
        [],
        ['2'],
        ['3'],
        ['3'],
        ['4'],
        ['x'],
        ['3', 'SETNAME', 'n'],
        ['3', 'SETNAME', 'a b'],
        ['2', 'AUTH', 'alice', 'no'],
        ['3', 'x'],
      ]),
    ],
  ],
};
