using EgressNet.Help;

string root = HelpFiles.FindRoot(Environment.CurrentDirectory);
bool check = args.Contains("--check");
int code = 0;
foreach ((string path, string text) in HelpFiles.Generate(root))
{
    string file = Path.Combine(root, path);
    if (File.Exists(file) && File.ReadAllText(file) == text)
    {
        continue;
    }

    if (check)
    {
        Console.Error.WriteLine($"{path} differs from docs/: run 'dotnet run --project tools/EgressNet.Help'.");
        code = 1;
    }
    else
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        Console.WriteLine($"{path} written.");
    }
}

return code;
