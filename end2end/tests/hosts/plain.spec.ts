/** A page without tools: hostile style, a `<base>`, its own keys, and the package served as it is. */
import { storiesOf } from '../../support/host-stories';

storiesOf('plain');
