using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace EgressNet.Shell.Hosting;

internal sealed partial class ShellUserInterface
{
    public override string ReadLine()
    {
        if (Console.IsInputRedirected)
            throw new HostException("Cannot ask: standard input is not a terminal. "
                + "Give every mandatory parameter, and -Confirm:$false or -Force where a command asks.");

        // On a task, because a read from the terminal does not end when the pipeline is stopped.
        Task<string?> line = Task.Run(Console.In.ReadLine);
        try
        {
            line.Wait(stop);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }

        return line.Result ?? throw new HostException("Cannot ask: standard input has ended.");
    }

    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions)
    {
        WriteQuestion(caption, message);
        Dictionary<string, PSObject> answers = [];
        foreach (FieldDescription field in descriptions)
        {
            Console.Error.Write($"{field.Name}: ");
            answers[field.Name] = PSObject.AsPSObject(ReadLine());
        }

        return answers;
    }

    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        WriteQuestion(caption, message);
        Choice[] offered = [.. choices.Select(Choice.From)];
        while (true)
        {
            Console.Error.Write(Choice.Line(offered, defaultChoice));
            string answer = ReadLine().Trim();
            if (answer is "" && defaultChoice >= 0)
                return defaultChoice;
            if (answer is "?")
                Console.Error.WriteLine(Choice.Help(offered));
            else if (Array.FindIndex(offered, choice => choice.Matches(answer)) is >= 0 and var chosen)
                return chosen;
        }
    }

    public override SecureString ReadLineAsSecureString() => throw NoSecrets();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName) => throw NoSecrets();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName,
        PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw NoSecrets();

    private static NotSupportedException NoSecrets() => new("This host does not ask for secrets.");

    private void WriteQuestion(string caption, string message)
    {
        foreach (string line in new[] { caption, message })
        {
            if (!string.IsNullOrEmpty(line))
                WriteMessage(line);
        }
    }
}
