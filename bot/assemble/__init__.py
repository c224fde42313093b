"""Put the house together: the only room that knows every concrete class."""
