/** Something that is wrong with a lesson's prose. `line` counts from 1. */
export interface Finding {
  line: number;
  message: string;
}
