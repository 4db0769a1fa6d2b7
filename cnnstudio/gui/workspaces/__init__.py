"""One workspace a module; being here is being in the rail."""
