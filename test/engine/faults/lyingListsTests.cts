test.todo('Lists');
