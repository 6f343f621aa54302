"""Facts with the help of a language model, where the rules understood nothing: it proposes, and what is not printed there is dropped."""
