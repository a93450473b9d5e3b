import { error, type CommandTable } from './table.ts';

export const GEO_AND_HYPERLOGLOG: CommandTable = [
  ['GEOADD sicily 13.361389 38.115556 Palermo 15.087269 37.502669 Catania', 2],
  ['GEODIST sicily Palermo Catania', '166274.1516'],
  ['GEODIST sicily Palermo Catania km', '166.2742'],
  ['GEODIST sicily Palermo missing', null],
  ['GEOHASH sicily Palermo Catania', ['sqc8b49rny0', 'sqdtr74hyu0']],
  ['GEOPOS sicily Palermo missing', [['13.36138933897018433', '38.11555639549629859'], null]],
  [
    'GEORADIUS sicily 15 37 200 km WITHDIST ASC',
    [
      ['Catania', '56.4413'],
      ['Palermo', '190.4424'],
    ],
  ],
  [
    'GEORADIUS_RO sicily 15 37 100 km WITHCOORD WITHHASH',
    [['Catania', 3479447370796909, ['15.08726745843887329', '37.50266842333162032']]],
  ],
  ['GEORADIUSBYMEMBER sicily Palermo 100 mi', ['Palermo']],
  ['GEORADIUSBYMEMBER_RO sicily Palermo 500 km DESC', ['Catania', 'Palermo']],
  [
    'GEOSEARCH sicily FROMLONLAT 15 37 BYBOX 400 400 km ASC WITHDIST',
    [
      ['Catania', '56.4413'],
      ['Palermo', '190.4424'],
    ],
  ],
  ['GEOSEARCH sicily FROMMEMBER Palermo BYRADIUS 100 km ASC', ['Palermo']],
  ['GEOSEARCHSTORE found sicily FROMLONLAT 15 37 BYRADIUS 200 km STOREDIST', 2],
  ['ZRANGE found 0 -1 WITHSCORES', ['Catania', '56.441257870158204', 'Palermo', '190.44242984775784']],
  ['GEOADD sicily 200 0 Nowhere', error('ERR invalid longitude,latitude pair 200.000000,0.000000')],
  ['PFADD h a b c d e', 1],
  ['PFADD h a', 0],
  ['PFADD g e f', 1],
  ['PFCOUNT h', 5],
  ['PFCOUNT h g', 6],
  ['PFMERGE all h g', 'OK'],
  ['PFCOUNT all', 6],
  ['PFDEBUG ENCODING all', 'sparse'],
  ['PFDEBUG TODENSE all', 1],
  ['PFSELFTEST', 'OK'],
];
