using EgressNet.Help;

HelpFiles.Write(root: args[0], folder: args[1]);
