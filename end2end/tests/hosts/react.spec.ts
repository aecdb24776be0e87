/** React 19 in its strict mode, which puts everything in, takes it out and puts it in again. */
import { storiesOf } from '../../support/host-stories';

storiesOf('react');
