import BenchmarkChart from '../lab/BenchmarkChart.astro';
import Keys from '../lab/Keys.astro';
import Load from '../lab/Load.astro';
import Slots from '../lab/Slots.astro';
import Wire from '../lab/Wire.astro';
import Clock from '../lab/Clock.astro';
import Faults from '../lab/Faults.astro';
import Timeline from '../lab/Timeline.astro';
import Topology from '../lab/Topology.astro';
import BreakIt from './BreakIt.astro';
import CommandList from './CommandList.astro';
import Complexity from './Complexity.astro';
import Exercise from './Exercise.astro';
import Figure from './Figure.astro';
import InProduction from './InProduction.astro';
import LogPrompt from './LogPrompt.astro';
import Question from './Question.astro';
import SelfCheck from './SelfCheck.astro';
import Source from './Source.astro';
import UnderTheHood from './UnderTheHood.astro';

/** What a lesson may use without importing it. */
export const lessonComponents = {
  BenchmarkChart,
  BreakIt,
  Clock,
  CommandList,
  Complexity,
  Exercise,
  Faults,
  Figure,
  InProduction,
  Load,
  Keys,
  LogPrompt,
  Question,
  SelfCheck,
  Slots,
  Source,
  Timeline,
  Topology,
  UnderTheHood,
  Wire,
};
