test.todo('Tokens');
