BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Many containers' egress at once$obstacle" -Skip:($obstacle -ne '') {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        . $PSScriptRoot/Node.ps1
        $node = Start-Node
        $ns = Get-FreshNamespace
        Invoke-Node { Remove-Variable all -ErrorAction Ignore }
        $empty = Get-NodeDump $ns
    }

    AfterAll {
        Stop-Node $node
        Remove-IfThere $ns
    }

    BeforeEach {
        Invoke-Node {
            $all = 1..5 | ForEach-Object {
                New-ContainerEgress "c$_" $using:ns "10.$_.0.5/24" -Gateway "10.$_.0.1" -Route "10.$_.1.0/24" -Name "eg$_" -Isolate
            }
        }
    }

    AfterEach {
        Invoke-Node { Remove-ContainerEgress * }
        Assert-Same $empty (Get-NodeDump $ns)
    }

    It 'goes as one group of links, told with -Verbose' {
        $ends = Invoke-Node { $all.HostInterface -join ', ' }
        $told = (Get-NodeJob { Remove-ContainerEgress * -Verbose }).Verbose.Message
        $told -like 'Performing the operation*' | Should -HaveCount 5
        $told -like 'set links *' | Should -BeLike "set links $ends group *"
        $told -like 'delete link*' | Should -BeExactly "delete links $ends"
        $told -like 'delete NAT of *' | Should -HaveCount 5
        Invoke-Node { Get-ContainerEgress } | Should -BeNullOrEmpty
    }

    It 'goes without the links of others in the same groups' {
        Invoke-Ip -n $node.Name link add other0 group 16925401 type veth peer other1
        Invoke-Ip -n $node.Name link set other1 group 50479833
        try {
            Invoke-Node { Get-ContainerEgress | Remove-ContainerEgress }
            (Get-IpJson $node.Name 'link show type veth').ifname | Should -Contain 'other0'
            (Get-IpJson $node.Name 'link show type veth').ifname | Should -Contain 'other1'
        }
        finally {
            Invoke-Ip -n $node.Name link del other0
        }
    }

    It 'has an error for each that is gone, and removes the others' {
        Invoke-Node { $all[1], $all[3] | Remove-ContainerEgress }
        $trial = Get-NodeJob { $all | Remove-ContainerEgress -PassThru }
        $trial.Output.ContainerId | Should -BeExactly 'c1', 'c3', 'c5'
        $trial.Error.TargetObject | Should -BeExactly 'egress/c2/eg2', 'egress/c4/eg4'
    }

    It 'tells all that went before the first error ends the pipeline' {
        Invoke-Node { $all[1] | Remove-ContainerEgress }
        $gone = Invoke-Node {
            $gone = [System.Collections.Generic.List[string]]::new()
            try { $all | Remove-ContainerEgress -PassThru -ErrorAction Stop | ForEach-Object { $gone.Add($_.ContainerId) } }
            catch { $gone.Add($_.FullyQualifiedErrorId) }
            $gone
        }
        $gone | Should -BeExactly 'c1', 'c3', 'c4', 'c5', 'ContainerEgressNotFound,EgressNet.Commands.RemoveContainerEgressCommand'
    }

    It 'leaves nothing half done behind Select-Object -First' {
        Invoke-Node { ($all | Remove-ContainerEgress -PassThru | Select-Object -First 2).ContainerId } | Should -BeExactly 'c1', 'c2'
        @(Invoke-Node { Test-ContainerEgress }).InDesiredState | Should -Not -Contain $false
        Invoke-Node { ($all | Select-Object -First 3 | Remove-ContainerEgress -PassThru -ErrorAction Ignore).Count; Get-ContainerEgress c1 -ErrorAction Ignore }
            | Should -BeIn 0, 3
    }

    It 'is repaired after a removal that left it in its own group' {
        Invoke-Ip -n $node.Name link set (Invoke-Node { $all[0].HostInterface }) group 50479833
        $finding = Invoke-Node { (Test-ContainerEgress c1).Findings }
        "$($finding.Kind) $($finding.Expected) $($finding.Actual)" | Should -BeExactly 'Isolation Containers group 50479833'
        Invoke-Node { Test-ContainerEgress | Repair-ContainerEgress }
        (Invoke-Node { Test-ContainerEgress }).InDesiredState | Should -Not -Contain $false
    }
}
