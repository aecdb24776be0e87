/** Vue 3, with the elements in its templates. */
import { storiesOf } from '../../support/host-stories';

storiesOf('vue');
