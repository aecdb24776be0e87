def range($from; $to; $by): __range($from; $to; $by) | __step;
